"""Casting a vote: one statement under a shared lock on the poll."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from notifications.live import refresh_member
from polls.errors import AlreadyVoted, Barred, NotEntitled, NotPresent, NotYetOpen, PollClosed, ProxyStands
from polls.kinds import kind_of, signup
from polls.models import Elector, Kind, Poll
from polls.receipts import with_code
from polls.rules import Shown
from polls.services.counting import ballot_shape, recount_soon
from polls.services.locks import hold_poll, share_poll
from polls.services.sealing import sealed_answer
from theme.errors import Refusal


@transaction.atomic
def cast_vote(*, poll: Poll, by, posted: MultiValueDict, on_behalf_of: int | None = None) -> Elector:
    """Record the vote of `by`, or replace it while the rules allow that.

    `on_behalf_of` is the elector whose proxy `by` holds; each elector has one vote, whoever casts it.

    Whether the poll is still open is decided here, by the clock, under the lock, and not by the scheduler.
    Raises PollClosed, NotYetOpen, NotEntitled, AlreadyVoted, InvalidAnswer, Barred, NotPresent, ProxyStands.
    """
    poll = (hold_poll if poll.kind == Kind.SIGNUP else share_poll)(poll.pk)
    check_open(poll)
    answer = kind_of(poll).answer(posted, ballot_shape(poll))
    mine = _electors_of(poll, by, on_behalf_of)
    may_write = mine.filter(barred_at__isnull=True)
    if not poll.rules.may_change:
        may_write = may_write.filter(voted=False)
    if not may_write.update(voted=True, **_as_stored(poll, mine, answer, posted.get("code", ""))):
        raise _why_not_written(mine)
    if poll.kind == Kind.SIGNUP:
        _take_place(poll, mine, comes=answer == signup.YES)
    recount_soon(poll)
    if poll.rules.shown == Shown.AFTER_VOTE:
        refresh_member(by.pk)
    return mine.get()


def _why_not_written(mine) -> Refusal:
    elector = mine.first()
    if elector is None:
        return NotEntitled()
    return Barred() if elector.barred_at else AlreadyVoted()


def _electors_of(poll: Poll, by, on_behalf_of: int | None):
    """The one elector row that this vote goes into."""
    electors = Elector.objects.filter(poll=poll)
    if poll.item_id:
        _check_present(poll.item.meeting, by)
    if on_behalf_of:
        if electors.filter(member_id=by.pk, barred_at__isnull=False).exists():
            raise Barred
        return electors.filter(pk=on_behalf_of, represented_by=by)
    mine = electors.filter(member_id=by.pk)
    if poll.item_id and mine.filter(represented_by__isnull=False).exists():
        if not poll.item.meeting.rules["giver_may_still_vote"]:
            raise ProxyStands
        # The own vote takes the proxy's place: from here on the holder votes for nobody here.
        mine.update(represented_by=None)
    return mine


def _check_present(meeting, member) -> None:
    """In a meeting who votes is present, or votes in the days before it when the statutes let votes come in advance."""
    in_advance = meeting.rules["advance_days"] and not meeting.opened_at
    soon = meeting.held_at - timedelta(days=meeting.rules["advance_days"] or 0)
    if in_advance and timezone.now() >= soon:
        return
    if not meeting.attendances.filter(member=member).exists():
        raise NotPresent


def _as_stored(poll: Poll, mine, answer: str, code: str) -> dict:
    """The answer as it lies in the elector's row: in words, or in an envelope that only the count opens."""
    if not poll.is_secret:
        return {"answer": answer}
    if poll.rules.receipts:
        answer = with_code(answer, code)
    elector_id = mine.values_list("pk", flat=True).first()
    return {"sealed": sealed_answer(poll, elector_id, answer)} if elector_id else {}


def _take_place(poll: Poll, mine, *, comes: bool) -> None:
    """Keep the order of signing up: whoever withdraws goes to the end when coming back. The poll is held alone."""
    if not comes:
        mine.update(place=None)
    elif mine.filter(place=None).exists():
        last = Elector.objects.filter(poll=poll).aggregate(last=Max("place"))["last"] or 0
        mine.update(place=last + 1)


def check_open(poll: Poll) -> None:
    """Whether a vote may still come in, by the clock and under the lock. Raises NotYetOpen, PollClosed."""
    if poll.state in (Poll.State.DRAFT, Poll.State.PLANNED):
        raise NotYetOpen
    if not (poll.state == Poll.State.OPEN and timezone.now() < poll.closes_at):
        raise PollClosed
