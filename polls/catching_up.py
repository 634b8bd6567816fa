"""What polls tell who was away: what was decided, and what was closed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from notifications.catching_up import MOST, Line, Part, register_part
from polls.access import visible_decisions, visible_polls


def decisions(member, since: datetime) -> list[Line]:
    found = visible_decisions(member).filter(stated_at__gte=since).select_related("poll").order_by("-stated_at")
    return [
        Line(decision.verdict, str(decision.poll.question), decision.poll.get_absolute_url(), decision.stated_at)
        for decision in found[:MOST]
    ]


def closed_polls(member, since: datetime) -> list[Line]:
    """Without the outcome: who may see that is asked on the poll's own page."""
    found = visible_polls(member).filter(closed_at__gte=since, decision__isnull=True).order_by("-closed_at")
    return [Line(poll.question, "", poll.get_absolute_url(), poll.closed_at) for poll in found[:MOST]]


register_part(Part("decisions", _("Decisions"), "scale", decisions, order=10))
register_part(Part("polls", _("Closed polls"), "vote", closed_polls, order=14))
