"""The poll that runs in a group, above its discussions: the question, and as much of the result as may be seen."""

from groups.subgroups.pages import SideCard, feed_card_registry
from polls.access import visible_polls
from polls.kinds import kind_of
from polls.models import Kind
from polls.queries import right_to_vote, shown_result
from theme.kept import kept_rows


def _first_to_close(member, subgroup):
    running = visible_polls(member).running().filter(subgroup=subgroup)
    return running.select_related("subgroup", "created_by").order_by("closes_at", "pk")[:1]


@feed_card_registry
def running_poll(request, subgroup) -> SideCard | None:
    """The running poll of the group that closes first; a survey, which has no bars, only until it was answered."""
    if not subgroup.has_module("polls"):
        return None
    poll = next(iter(kept_rows(_first_to_close, request.user, subgroup)), None)
    if poll is None:
        return None
    elector = right_to_vote(poll, request.user)
    has_voted = bool(elector and elector.voted)
    if poll.kind == Kind.SURVEY:
        return None if has_voted else SideCard("polls/feed_card.html", 10, {"poll": poll, "elector": elector})
    values = {
        "poll": poll,
        "elector": elector,
        "has_voted": has_voted,
        "may_change": poll.rules.may_change,
        "own": kind_of(poll).chosen(elector.answer if elector else None).get("choice", ()),
        "result": shown_result(poll, elector, sees_figures=False),
    }
    return SideCard("polls/feed_card.html", 10, values)
