"""A poll is made, opens with a list of who may vote, and closes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.models import Subgroup
from polls.errors import (
    AlwaysOpen,
    ClosesTooSoon,
    Frozen,
    NeedsOptions,
    NobodyToAsk,
    SurveyEmpty,
    TellerIsCandidate,
    TooManyOptions,
)
from polls.kinds import KINDS
from polls.models import Kind, Option, Poll, Secrecy, Teller
from polls.receipts import check_receipts
from polls.rules import Rules
from polls.services.counting import count_finally
from polls.services.dates import plan_when_closed
from polls.services.electorate import write_electors
from polls.services.locks import hold_poll
from polls.services.meetings import tell_meeting
from polls.services.proxies import hand_over
from polls.services.sealing import check_secret_rules, make_key, open_envelopes
from polls.services.surveys import write_link_electors

MOST_OPTIONS = 100


@transaction.atomic
def create_poll(
    *,
    by: Member | None,
    kind: str,
    question: str,
    options: Iterable[str],
    rules: Rules,
    closes_at: datetime,
    tellers: Iterable[Member] = (),
    also_in: Iterable[Subgroup] = (),
    **fields,
) -> Poll:
    """Make a poll that has not opened yet. The caller has checked that `by` may start one here and in `also_in`."""
    texts = [text.strip() for text in options if text.strip()]
    if len({text.casefold() for text in texts}) != len(texts) or len(texts) < KINDS[kind].least_options:
        raise NeedsOptions
    poll = Poll(kind=kind, question=question.strip(), closes_at=closes_at, created_by=by, **fields)
    if KINDS[kind].only_open and poll.secrecy != Secrecy.OPEN:
        raise AlwaysOpen
    if closes_at <= max(poll.opens_at, timezone.now()):
        raise ClosesTooSoon
    poll.rules = _with_meeting(rules, poll.item)
    check_secret_rules(poll)
    check_receipts(poll)
    poll.state = Poll.State.PLANNED if poll.opens_at > timezone.now() else Poll.State.DRAFT
    poll.save()
    poll.also_in.set(also_in if poll.subgroup else ())
    Option.objects.bulk_create(Option(poll=poll, number=n, text=text) for n, text in enumerate(texts, start=1))
    if any(teller.display_name.casefold() in {text.casefold() for text in texts} for teller in tellers):
        raise TellerIsCandidate
    Teller.objects.bulk_create(Teller(poll=poll, member=teller) for teller in tellers)
    return poll


def _with_meeting(rules: Rules, item) -> Rules:
    """What a vote at a meeting takes over from it, whatever its form says: votes per kind, age and record date."""
    if item is None:
        return rules
    meeting = item.meeting
    day = meeting.record_on.isoformat() if meeting.record_on else ""
    age = meeting.rules.get("vote_age") or 0
    return replace(rules, weights=meeting.rules.get("weights", {}), from_age=age, record_on=day)


@transaction.atomic
def open_poll(*, poll: Poll, by: Member | None) -> Poll:
    """Open the poll for the members of its subgroup, or of the association, as they are at this moment.

    From here on its question, options and rules are frozen. Raises Frozen, ClosesTooSoon, NobodyToAsk.
    """
    poll = hold_poll(poll.pk)
    if poll.is_frozen:
        raise Frozen
    if poll.closes_at <= timezone.now():
        raise ClosesTooSoon
    if poll.kind == Kind.SURVEY and not poll.questions.exists():
        raise SurveyEmpty
    if not write_electors(poll):
        raise NobodyToAsk
    if poll.kind == Kind.SURVEY:
        write_link_electors(poll, poll.rules.links)
    if poll.item_id:
        hand_over(poll)
    if poll.is_secret:
        make_key(poll)
    poll.state = Poll.State.OPEN
    poll.opens_at = min(poll.opens_at, timezone.now())
    poll.save(update_fields=["state", "opens_at"])
    if poll.item_id:
        tell_meeting(poll.item.meeting)
    record(by=by, act="poll.opened", about=poll, details={"rules": poll.stored_rules, "secrecy": poll.secrecy})
    return poll


def open_due() -> None:
    """Open what was planned for a moment that has come."""
    for poll in Poll.objects.to_open():
        open_poll(poll=poll, by=None)


@transaction.atomic
def close_poll(*, poll: Poll, by: Member | None) -> Poll:
    """Stop taking votes and count; closing again changes nothing. `by` None is the clock."""
    poll = hold_poll(poll.pk)
    if poll.state != Poll.State.OPEN:
        return poll
    poll.state, poll.closed_at, poll.closed_by = Poll.State.CLOSED, timezone.now(), by
    poll.save(update_fields=["state", "closed_at", "closed_by"])
    record(by=by, act="poll.closed", about=poll)
    if poll.item_id:
        tell_meeting(poll.item.meeting)
    if not poll.is_secret:
        count_finally(poll)
    elif not poll.key.needed:
        count_finally(poll, open_envelopes(poll))
    if poll.rules.plans_event:
        plan_when_closed(poll)
    return poll


@transaction.atomic
def add_option(*, poll: Poll, by: Member, text: str) -> Option:
    """A voter adds an option to an open poll that allows it, marked with its time; one that exists is returned."""
    poll = hold_poll(poll.pk)
    if not (poll.adds_options and poll.is_running):
        raise Frozen
    text = text.strip()
    same = poll.options.filter(text__iexact=text).first()
    if same:
        return same
    number = poll.options.count() + 1
    if number > MOST_OPTIONS:
        raise TooManyOptions
    option = poll.options.create(number=number, text=text, added_at=timezone.now())
    record(by=by, act="poll.option_added", about=poll, details={"number": number})
    return option
