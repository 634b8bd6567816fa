"""How long it is known who chose what. The question, the figures and the decision stay."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from polls.models import Elector, Poll
from theme.retention import RetentionRule, register_rule

OVER = (Poll.State.CLOSED, Poll.State.COUNTED, Poll.State.PUBLISHED, Poll.State.VOID)


def unname_votes(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Take the name off votes in polls that ended before; votes of a general meeting belong to its minutes and stay."""
    polls = Poll.objects.filter(item=None, subgroup=subgroup_id, state__in=OVER, closed_at__lt=before)
    named = Elector.objects.filter(poll__in=polls, member__isnull=False).order_by("pk")
    ids = list(named.values_list("pk", flat=True)[:limit])
    return Elector.objects.filter(pk__in=ids).update(member=None, represented_by=None, barred_by=None)


register_rule(
    RetentionRule("poll-names", _("Who chose what in polls"), None, unname_votes, per_subgroup=True, proposed_days=730)
)
register_rule(
    RetentionRule("wide-poll-names", _("Who chose what in polls of everybody"), None, unname_votes, proposed_days=730)
)
