"""How long what people filled in and remarked at events is kept (a diet tells of health), and who came."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.events.models import Answer
from groups.events.services import wipe_sensitive
from theme.retention import RetentionRule, not_held, register_rule, take_away


def wipe_remarks(before: datetime, subgroup_id: int | None, limit: int) -> int:
    told = not_held(Answer.objects.filter(event__ends_at__lt=before), "event__subgroup").exclude(remark="")
    ids = list(told.order_by("pk").values_list("pk", flat=True)[:limit])
    return Answer.objects.filter(pk__in=ids).update(remark="")


def wipe_answers(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(not_held(Answer.objects.filter(event__ends_at__lt=before), "event__subgroup"), limit)


def wipe_filled_in(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Remarks and sensitive answers are one promise to who signs up, so they have one term."""
    return wipe_remarks(before, subgroup_id, limit) or wipe_sensitive(before, subgroup_id, limit)


register_rule(
    RetentionRule("event-replies", _("Sensitive answers and remarks at sign-up, after the event"), 30, wipe_filled_in)
)
register_rule(RetentionRule("event-answers", _("Who came to what"), 730, wipe_answers))
