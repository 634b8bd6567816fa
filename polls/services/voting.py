"""Casting a vote: one statement under a shared lock on the poll."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from notifications.live import refresh_member
from polls.errors import AlreadyVoted, NotEntitled, NotYetOpen, PollClosed
from polls.kinds import kind_of, signup
from polls.models import Elector, Kind, Poll
from polls.rules import Shown
from polls.services.counting import recount_soon, shape_of
from polls.services.locks import hold_poll, share_poll
from polls.services.sealing import sealed_answer


@transaction.atomic
def cast_vote(*, poll: Poll, by, posted: MultiValueDict) -> Elector:
    """Record the vote of `by`, or replace it while the rules allow that.

    Whether the poll is still open is decided here, by the clock, under the lock, and not by the scheduler.
    Raises PollClosed, NotYetOpen, NotEntitled, AlreadyVoted, InvalidAnswer.
    """
    poll = (hold_poll if poll.kind == Kind.SIGNUP else share_poll)(poll.pk)
    _check_open(poll)
    answer = kind_of(poll).answer(posted, shape_of(poll))
    mine = Elector.objects.filter(poll=poll, member_id=by.pk)
    may_write = mine if poll.rules.may_change else mine.filter(voted=False)
    if not may_write.update(voted=True, **_as_stored(poll, mine, answer)):
        raise AlreadyVoted if mine.exists() else NotEntitled
    if poll.kind == Kind.SIGNUP:
        _take_place(poll, mine, comes=answer == signup.YES)
    recount_soon(poll)
    if poll.rules.shown == Shown.AFTER_VOTE:
        refresh_member(by.pk)
    return mine.get()


def _as_stored(poll: Poll, mine, answer: str) -> dict:
    """The answer as it lies in the elector's row: in words, or in an envelope that only the count opens."""
    if not poll.is_secret:
        return {"answer": answer}
    elector_id = mine.values_list("pk", flat=True).first()
    return {"sealed": sealed_answer(poll, elector_id, answer)} if elector_id else {}


def _take_place(poll: Poll, mine, *, comes: bool) -> None:
    """Keep the order of signing up: whoever withdraws goes to the end when coming back. The poll is held alone."""
    if not comes:
        mine.update(place=None)
    elif mine.filter(place=None).exists():
        last = Elector.objects.filter(poll=poll).aggregate(last=Max("place"))["last"] or 0
        mine.update(place=last + 1)


def _check_open(poll: Poll) -> None:
    if poll.state in (Poll.State.DRAFT, Poll.State.PLANNED):
        raise NotYetOpen
    if not (poll.state == Poll.State.OPEN and timezone.now() < poll.closes_at):
        raise PollClosed
