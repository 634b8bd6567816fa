"""How long traces of logging in and of asking to join are kept."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from groups.people.models import Application, Look
from theme.retention import RetentionRule, register_rule, take_away

NOWHERE = "0.0.0.0"


def wipe_addresses(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Where a session was started from; the session itself ends by its own term."""
    old = UserSession.objects.filter(created_at__lt=before).exclude(ip=NOWHERE, user_agent="")
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    return UserSession.objects.filter(pk__in=ids).update(ip=NOWHERE, user_agent="")


def wipe_applications(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Applications that were decided, and those whose address was never confirmed."""
    decided = Application.objects.filter(decided_at__lt=before)
    unconfirmed = Application.objects.filter(decided_at=None, confirmed_at=None, created_at__lt=before)
    return take_away(decided | unconfirmed, limit)


def wipe_looks(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(Look.objects.filter(day__lt=before.date()), limit)


register_rule(RetentionRule("looks", _("Who opened what few may see of you"), 365, wipe_looks))
register_rule(RetentionRule("addresses", _("From where you logged in"), 14, wipe_addresses))
register_rule(RetentionRule("applications", _("Applications that were decided"), 90, wipe_applications))
