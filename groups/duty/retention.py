"""How long past turns are kept."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.duty.models import Turn
from theme.retention import RetentionRule, register_rule, take_away


def wipe_turns(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(Turn.objects.filter(ends_at__lt=before), limit)


register_rule(RetentionRule("duty", _("Turns of duty"), 365, wipe_turns))
