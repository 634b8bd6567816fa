"""The agenda of a meeting, and what its polls take over from the statutes."""

from django.db import transaction
from django.db.models import Max

from polls.models import AgendaItem, Kind, Meeting, Statutes
from polls.services.meetings import hold_meeting


def statutes_row() -> Statutes:
    return Statutes.objects.filter(pk=1).first() or Statutes(pk=1)


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, text: str) -> AgendaItem:
    """Put a point at the end of the agenda."""
    meeting = hold_meeting(meeting.pk)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    return meeting.items.create(number=last + 1, title=title, text=text)


def initial_from_statutes(item: AgendaItem, kind: str) -> dict:
    """What the form of a poll at this meeting starts with: the rules that froze when the meeting was called."""
    initial = {"question": item.title, "explanation": item.text, "may_change": False}
    if kind == Kind.MOTION:
        initial |= {
            "share": item.meeting.rules.get("matter_share") or "1/2",
            "counts_blank": item.meeting.rules.get("blank_counts"),
        }
    return initial
