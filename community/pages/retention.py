"""How long it is known who opened and confirmed what."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.pages.models import Reading
from community.pages.queries import UNREAD_FOR
from theme.retention import RetentionRule, not_held, register_rule, take_away


def wipe_readings(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Readings of announcements that are that old; never so young that an announcement would turn unread again."""
    before = min(before, timezone.now() - UNREAD_FOR)
    old = Reading.objects.filter(announcement__first_published_at__lt=before)
    return take_away(not_held(old, "announcement__subgroups"), limit)


register_rule(RetentionRule("readings", _("Who opened and confirmed announcements"), 730, wipe_readings))
