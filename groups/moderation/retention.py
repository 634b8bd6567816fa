"""How long a report is kept after it was closed."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from groups.moderation.models import Act, Report
from theme.retention import RetentionRule, not_held, register_rule, take_away


def wipe_reports(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """A report that led to an act stays as its reason, without the words; the others go."""
    closed = not_held(Report.objects.filter(closed_at__lt=before), "subgroup")
    acted = Act.objects.filter(report=OuterRef("pk"))
    judged = closed.filter(Exists(acted)).exclude(words="", explanation="", reporter=None)
    ids = list(judged.order_by("pk").values_list("pk", flat=True)[:limit])
    Report.objects.filter(pk__in=ids).update(words="", explanation="", reporter=None)
    return len(ids) or take_away(closed.filter(~Exists(acted)), limit)


register_rule(RetentionRule("reports", _("Reports that were closed"), 365, wipe_reports))
