"""How long notices and deliveries are kept: long enough to look back, and for the budget to count."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery, Notice, Reminder
from theme.retention import RetentionRule, held_groups, register_rule, take_away


def _of_no_held_group(rows):
    return rows.exclude(place__in=[f"subgroup.{number}" for number in held_groups()])


def wipe_notices(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(_of_no_held_group(Notice.objects.filter(read_at__lt=before)), limit)


def wipe_deliveries(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """What is done; what still waits or may have arrived stays until somebody judged it."""
    return take_away(_of_no_held_group(Delivery.objects.filter(done_at__lt=before)), limit)


def wipe_reminders(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(Reminder.objects.filter(given_at__lt=before), limit)


register_rule(RetentionRule("notices", _("Notices that were read"), days=90, wipe=wipe_notices))
register_rule(RetentionRule("deliveries", _("What was sent by mail and push"), days=90, wipe=wipe_deliveries))
# Longer than anything is reminded of, or a step would be given a second time.
register_rule(RetentionRule("reminders", _("Which reminders were given"), days=800, wipe=wipe_reminders))
