"""A general meeting from convocation to decisions, and properties P14, P18 and P34."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole, MembershipKind
from notifications.models import Notice
from polls.agenda import LENGTH, add_item
from polls.errors import (
    AlreadyDecided,
    CalledTooLate,
    HolderIsFull,
    MinutesAdopted,
    NoGroundForDigital,
    NoProxies,
    NoProxyChains,
    NoRightToVote,
    NotEntitled,
    NotPresent,
    ProxyStands,
    ProxyTooLate,
    StatutesUnanswered,
)
from polls.models import Decision, Elector, Kind, Meeting, Proxy, Statutes, Tally
from polls.rules import Majority
from polls.services import (
    accept_proxy,
    call_meeting,
    cast_vote,
    check_in,
    close_meeting,
    close_poll,
    give_proxy,
    open_meeting,
    state_decision,
    state_outcome,
    withdraw_proxy,
    write_minutes,
)
from tests.factories import MemberFactory, SubgroupFactory, member_with
from tests.factories_polls import make_poll, posted, running_poll, vote
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

ANSWERS = {
    "call_days": 7,
    "blank_counts": False,
    "matter_share": "1/2",
    "change_share": "2/3",
    "proxies_per_holder": 1,
    "proxy_hours": 24,
    "giver_may_still_vote": True,
    "advance_days": 0,
}


@pytest.fixture
def members():
    return [MemberFactory() for _ in range(5)]


def statutes(**answers):
    return Statutes.objects.update_or_create(pk=1, defaults={**ANSWERS, **answers})[0]


def meeting_in(days=10, **fields):
    return Meeting.objects.create(title="Voorjaars-ALV", held_at=timezone.now() + timedelta(days=days), **fields)


def called_meeting(**answers):
    statutes(**answers)
    return call_meeting(meeting=meeting_in(), by=None)


def held_meeting(*present, proxies=(), **answers):
    """A meeting that is open, with these members checked in and these (giver, holder) proxies accepted."""
    meeting = called_meeting(**answers)
    for giver, holder in proxies:
        accept_proxy(proxy=give_proxy(meeting=meeting, giver=giver, holder=holder), by=holder)
    meeting = open_meeting(meeting=meeting, by=None)
    for member in present:
        check_in(meeting=meeting, member=member)
    return meeting


def motion_at(meeting, **rules):
    item = add_item(meeting=meeting, title="Begroting", text="")
    return running_poll(None, kind=Kind.MOTION, options=(), item=item, **rules)


def test_a_meeting_is_not_called_before_the_statutes_are_answered(members):
    with pytest.raises(StatutesUnanswered):
        call_meeting(meeting=meeting_in(), by=None)
    statutes(proxy_hours=None)
    with pytest.raises(StatutesUnanswered):
        call_meeting(meeting=meeting_in(), by=None)


def test_a_convocation_past_the_term_is_refused_with_the_first_day_that_is_possible(members):
    statutes(call_days=14)
    first = timezone.localdate() + timedelta(days=14)

    with pytest.raises(CalledTooLate, match=f"{first:%d-%m-%Y}"):
        call_meeting(meeting=meeting_in(days=13), by=None)
    call_meeting(meeting=meeting_in(days=14), by=None)

    assert Notice.objects.filter(kind="meeting.called").count() == 5


def test_a_digital_meeting_needs_a_ground(members):
    statutes()

    with pytest.raises(NoGroundForDigital):
        call_meeting(meeting=meeting_in(kind=Meeting.Kind.DIGITAL), by=None)


def test_rules_of_a_called_meeting_are_frozen_also_against_new_statutes_and_sql(members):
    meeting = called_meeting()
    statutes(proxies_per_holder=9)

    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(rules={})

    assert Meeting.objects.get(pk=meeting.pk).rules["proxies_per_holder"] == 1


def test_only_kinds_of_membership_with_a_vote_are_on_the_list_and_payment_plays_no_part(members):
    supporter = MemberFactory(enrolled=False)
    kind = MembershipKind.objects.create(name="Donateur", may_vote=False)
    supporter.enrolments.create(kind=kind)
    poll = motion_at(held_meeting(*members))

    assert set(Elector.objects.filter(poll=poll).values_list("member", flat=True)) == {m.pk for m in members}


def test_who_is_not_present_cannot_vote(members):
    poll = motion_at(held_meeting(*members[:2]))

    vote(poll, members[0], choice="for")
    with pytest.raises(NotPresent):
        vote(poll, members[4], choice="for")

    assert Elector.objects.filter(poll=poll, voted=True).count() == 1


def test_votes_in_advance_count_when_the_statutes_allow_them(members):
    meeting = called_meeting(advance_days=30)
    poll = motion_at(meeting)

    vote(poll, members[4], choice="for")

    assert Elector.objects.filter(poll=poll, voted=True).count() == 1


def test_the_holder_casts_the_givers_vote_and_nobody_else_does(members):
    giver, holder, other = members[:3]
    poll = motion_at(held_meeting(holder, other, proxies=[(giver, holder)]))
    row = Elector.objects.get(poll=poll, member=giver)

    with pytest.raises(NotEntitled):
        cast_vote(poll=poll, by=other, posted=posted(choice="against"), on_behalf_of=row.pk)
    cast_vote(poll=poll, by=holder, posted=posted(choice="for"), on_behalf_of=row.pk)
    vote(poll, holder, choice="against")
    close_poll(poll=poll, by=None)

    assert Tally.objects.get(poll=poll).result["votes"] == {"for": 1, "against": 1, "blank": 0}


def test_the_givers_own_vote_takes_the_proxys_place(members):
    giver, holder = members[:2]
    poll = motion_at(held_meeting(giver, holder, proxies=[(giver, holder)]))
    row = Elector.objects.get(poll=poll, member=giver)

    cast_vote(poll=poll, by=holder, posted=posted(choice="for"), on_behalf_of=row.pk)
    vote(poll, giver, choice="against")
    with pytest.raises(NotEntitled):
        cast_vote(poll=poll, by=holder, posted=posted(choice="for"), on_behalf_of=row.pk)

    row.refresh_from_db()
    assert (row.answer, row.represented_by) == ("against", None)


def test_the_giver_is_refused_when_the_statutes_let_the_proxy_stand(members):
    giver, holder = members[:2]
    poll = motion_at(held_meeting(giver, holder, proxies=[(giver, holder)], giver_may_still_vote=False))

    with pytest.raises(ProxyStands):
        vote(poll, giver, choice="for")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_giver_and_holder_who_vote_at_once_cast_one_vote_for_the_giver():
    members = [MemberFactory() for _ in range(4)]
    giver, holder = members[:2]
    poll = motion_at(held_meeting(giver, holder, proxies=[(giver, holder)]))
    row = Elector.objects.get(poll=poll, member=giver)

    at_once(
        lambda: vote(poll, giver, choice="against"),
        lambda: cast_vote(poll=poll, by=holder, posted=posted(choice="for"), on_behalf_of=row.pk),
    )
    close_poll(poll=poll, by=None)

    assert sum(Tally.objects.get(poll=poll).result["votes"].values()) == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_givers_who_choose_the_same_holder_at_the_cap_get_one_proxy():
    members = [MemberFactory() for _ in range(4)]
    meeting = called_meeting(proxies_per_holder=1)

    results = at_once(
        *(lambda g=giver: give_proxy(meeting=meeting, giver=g, holder=members[0]) for giver in members[1:])
    )

    assert Proxy.objects.standing().filter(holder=members[0]).count() == 1
    assert sum(isinstance(result, HolderIsFull) for result in results) == 2


def test_a_proxy_chain_is_refused_in_both_directions(members):
    meeting = called_meeting(proxies_per_holder=3)
    give_proxy(meeting=meeting, giver=members[0], holder=members[1])

    with pytest.raises(NoProxyChains):
        give_proxy(meeting=meeting, giver=members[1], holder=members[2])
    with pytest.raises(NoProxyChains):
        give_proxy(meeting=meeting, giver=members[3], holder=members[0])

    assert Proxy.objects.count() == 1


def test_proxies_end_at_their_deadline_and_a_withdrawn_one_gives_nothing(members):
    giver, holder = members[:2]
    meeting = called_meeting()
    proxy = accept_proxy(proxy=give_proxy(meeting=meeting, giver=giver, holder=holder), by=holder)
    with time_machine.travel(meeting.held_at - timedelta(hours=23)):
        with pytest.raises(ProxyTooLate):
            withdraw_proxy(proxy=proxy, by=giver)
        with pytest.raises(ProxyTooLate):
            give_proxy(meeting=meeting, giver=members[3], holder=members[4])
    withdraw_proxy(proxy=proxy, by=giver)
    poll = motion_at(open_meeting(meeting=meeting, by=None))

    assert Elector.objects.get(poll=poll, member=giver).represented_by is None


def test_a_proxy_that_was_not_accepted_gives_no_vote(members):
    meeting = called_meeting()
    give_proxy(meeting=meeting, giver=members[0], holder=members[1])

    poll = motion_at(open_meeting(meeting=meeting, by=None))

    assert not Elector.objects.filter(poll=poll, represented_by__isnull=False).exists()


def test_a_proxy_needs_two_members_with_a_vote_and_statutes_that_allow_it(members):
    outsider = MemberFactory(enrolled=False)
    meeting = called_meeting()
    with pytest.raises(NoRightToVote):
        give_proxy(meeting=meeting, giver=members[0], holder=outsider)
    with pytest.raises(NoProxies):
        give_proxy(meeting=called_meeting(proxies_per_holder=0), giver=members[0], holder=members[1])
    with pytest.raises(IntegrityError), transaction.atomic():
        Proxy.objects.create(meeting=meeting, giver=members[0], holder=members[0])


def test_the_quorum_counts_who_is_present_and_who_is_represented(members):
    majority = Majority(quorum="3/5")
    short = motion_at(held_meeting(*members[:2]), majority=majority)
    reached = motion_at(held_meeting(*members[:2], proxies=[(members[3], members[0])]), majority=majority)
    for poll in (short, reached):
        vote(poll, members[0], choice="for")
        close_poll(poll=poll, by=None)

    assert Tally.objects.get(poll=short).result["verdict"] == "no_decision"
    assert Tally.objects.get(poll=reached).result["verdict"] == "adopted"


def test_decisions_are_numbered_carry_the_figures_of_the_tally_and_never_change(members):
    meeting = held_meeting(*members)
    polls = [motion_at(meeting), motion_at(meeting)]
    for poll in polls:
        for member in members:
            vote(poll, member, choice="for")
        close_poll(poll=poll, by=None)
        poll.refresh_from_db()

    first, second = (state_decision(poll=poll, by=members[0], text="De begroting is vastgesteld.") for poll in polls)

    assert (second.number, second.year) == (first.number + 1, first.year)
    assert first.figures["result"] == Tally.objects.get(poll=polls[0]).result
    with pytest.raises(AlreadyDecided):
        state_decision(poll=polls[0], by=members[0], text="Anders")
    for attack in (lambda: Decision.objects.update(text="Anders"), lambda: Decision.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()


def test_adopted_minutes_no_longer_change(members):
    meeting = held_meeting(*members)
    write_minutes(meeting=meeting, by=members[0], text="Opening om 20.00 uur.", adopt=True)

    with pytest.raises(MinutesAdopted):
        write_minutes(meeting=meeting, by=members[0], text="Anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(minutes="Anders")


def test_an_outcome_tells_who_could_vote_once(members):
    poll = running_poll()
    close_poll(poll=poll, by=None)

    state_outcome(poll=poll, by=members[0], text="We boeken de boerderij.")
    state_outcome(poll=poll, by=members[0], text="We boeken de boerderij in Balk.")

    assert Notice.objects.filter(kind="poll.outcome").count() == 5


def test_a_meeting_walks_through_the_pages_from_convocation_to_minutes(client, members):
    board = member_with(AssociationRole.BOARD)
    giver, holder = members[:2]
    client.force_login(board)
    client.post(reverse("statutes"), {**ANSWERS, "change_quorum": "2/3", "digital_ground": ""})
    held = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    made = client.post(reverse("make-meeting"), {"title": "ALV", "kind": "physical", "held_at": held})
    meeting = Meeting.objects.get()
    steps = {
        name: reverse(f"meeting-{name}", args=[meeting.pk]) for name in ("item", "call", "open", "close", "minutes")
    }
    client.post(steps["item"], {"title": "Begroting 2027", "text": "Zie de stukken."})
    client.force_login(giver)
    before_call = client.get(made["Location"]).status_code
    client.force_login(board)
    client.post(steps["call"])
    client.force_login(giver)
    client.post(reverse("meeting-proxy", args=[meeting.pk]), {"holder": holder.pk})
    client.force_login(holder)
    client.post(reverse("meeting-proxy-accept", args=[meeting.pk, Proxy.objects.get().pk]))
    client.force_login(board)
    client.post(steps["open"])
    fields = {"question": "Stelt de vergadering de begroting vast?", "secrecy": "open", "shown": "after_close"}
    rest = {"audience": "everybody", "share": "1/2", "base": "votes", "closes_at": held}
    make_url = reverse("make-item-poll", args=[meeting.pk, 1, "motion"])
    assert client.get(make_url).context["form"]["closes_at"].value() == timezone.make_naive(meeting.held_at + LENGTH)
    created = client.post(make_url, {**fields, **rest})
    poll_page = created["Location"]
    poll = meeting.items.get().polls.get()
    client.post(reverse("poll-open", args=[poll.pk]))
    client.force_login(holder)
    client.post(reverse("meeting-check-in", args=[meeting.pk]))
    client.post(poll_page, {"choice": "for"})
    row = Elector.objects.get(poll=poll, member=giver)
    client.post(poll_page, {"choice": "for", "for": row.pk})
    client.force_login(members[2])
    stranger = client.post(poll_page, {"choice": "against", "for": row.pk}).status_code
    client.force_login(board)
    client.post(reverse("poll-close", args=[poll.pk]))
    client.post(reverse("poll-decide", args=[poll.pk]), {"text": "De begroting 2027 is vastgesteld."})
    client.post(steps["close"])
    client.post(steps["minutes"], {"text": "Gesloten om 22.00 uur.", "adopt": "on"})
    page = client.get(meeting.get_absolute_url()).content.decode()
    register = client.get(reverse("decisions")).content.decode()
    pdfs = [client.get(reverse("meeting-pdf", args=[meeting.pk])), client.get(reverse("decisions-pdf"))]

    assert (before_call, stranger) == (404, 404)
    assert Tally.objects.get(poll=poll).result["votes"]["for"] == 2
    assert "De begroting 2027 is vastgesteld." in register
    assert str(Decision.objects.get()) in page
    assert all(pdf.content.startswith(b"%PDF") for pdf in pdfs)
    assert Meeting.objects.get().adopted_at


@pytest.mark.parametrize("address", ["statutes", "make-meeting"])
def test_only_who_leads_prepares_meetings(client, members, address):
    client.force_login(members[0])

    assert client.get(reverse(address)).status_code == 403


def test_a_poll_of_a_meeting_cannot_be_of_a_subgroup(members):
    item = add_item(meeting=called_meeting(), title="Begroting", text="")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_poll(SubgroupFactory(), item=item)


def test_closing_a_meeting_ends_check_in(members):
    meeting = close_meeting(meeting=held_meeting(*members[:1]), by=None)

    with pytest.raises(Exception, match="niet open"):
        check_in(meeting=meeting, member=members[1])
    assert meeting.attendances.count() == 1
