"""A second ballot, and votes that missed their quorum (PS-11, PS-13)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole
from polls.agenda import add_item
from polls.errors import NoSecondBallot, QuorumNotMissed, SecondMeetingTooLate, TieForSecondBallot
from polls.models import Kind, Meeting, Poll, Secrecy, Statutes
from polls.queries import shown_result
from polls.rules import Majority
from polls.services import (
    call_meeting,
    check_in,
    close_meeting,
    close_poll,
    draw_lots,
    open_meeting,
    open_poll,
    second_ballot,
    second_meeting,
    vote_again,
)
from polls.services.draws import tie_of
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_polls import make_poll, running_poll, vote

pytestmark = pytest.mark.django_db

NAMES = ("Ans", "Bo", "Cas", "Dirk")


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voters(subgroup):
    return [member_of(subgroup) for _ in range(9)]


def later(days=3):
    return timezone.now() + timedelta(days=days)


def elected_by(subgroup, voters, *choices, seats=1, **fields):
    """A counted election by absolute majority in which the voters chose these candidates in turn."""
    poll = running_poll(
        subgroup,
        kind=Kind.ELECTION,
        options=NAMES,
        method="absolute_majority",
        seats=seats,
        question="Voorzitter",
        **fields,
    )
    for voter, choice in zip(voters, choices, strict=False):
        vote(poll, voter, choice=choice)
    return close_poll(poll=poll, by=None)


def names_in(poll):
    return list(poll.options.values_list("text", flat=True))


def test_without_a_majority_the_two_highest_go_to_a_second_ballot_that_most_votes_decide(subgroup, voters):
    first = elected_by(subgroup, voters, 1, 1, 1, 2, 2, 3)

    second = second_ballot(poll=first, by=voters[0], closes_at=later())
    open_poll(poll=second, by=None)
    vote(second, voters[0], choice=2)
    second = close_poll(poll=second, by=None)

    assert (second.question, names_in(second)) == ("Herstemming: Voorzitter", ["Ans", "Bo"])
    assert (second.follows, second.subgroup, second.rules.method, second.rules.seats) == (
        first,
        subgroup,
        "plurality",
        1,
    )
    assert shown_result(second, None, sees_figures=True).sentence == "Gekozen: Bo."


def test_seats_with_a_majority_are_filled_and_twice_the_others_are_voted_on_again(subgroup, voters):
    first = elected_by(subgroup, voters, [1, 2], [1, 2], [1, 3], [1, 4], [3], seats=2)

    second = second_ballot(poll=first, by=None, closes_at=later())

    assert names_in(second) == ["Bo", "Cas"]
    assert second.rules.seats == 1


def test_a_tie_for_the_last_place_needs_a_lot_first(subgroup, voters):
    first = elected_by(subgroup, voters, 1, 1, 1, 2, 2, 3, 3)

    with pytest.raises(TieForSecondBallot):
        second_ballot(poll=first, by=None, closes_at=later())
    assert tie_of(first) == [2, 3]
    draw = draw_lots(poll=first, by=voters[0], seed="6 2 4", witnesses="Ans en Bo")
    second = second_ballot(poll=first, by=None, closes_at=later())

    assert names_in(second) == ["Ans", NAMES[draw.order[0] - 1]]


def test_a_second_ballot_is_made_once_and_only_when_it_is_needed(subgroup, voters):
    decided = elected_by(subgroup, voters, 1, 1, 2)
    open_one = running_poll(subgroup, kind=Kind.ELECTION, options=NAMES, method="absolute_majority")
    undecided = elected_by(subgroup, voters, 1, 1, 2, 2, 3)
    second_ballot(poll=undecided, by=None, closes_at=later())

    for poll in (decided, open_one, undecided, make_poll(subgroup)):
        with pytest.raises(NoSecondBallot):
            second_ballot(poll=poll, by=None, closes_at=later())


def test_a_secret_election_keeps_its_secrecy_and_its_tellers(subgroup, voters):
    tellers = [member_of(subgroup) for _ in range(3)]
    poll = make_poll(
        subgroup, kind=Kind.ELECTION, options=NAMES, method="absolute_majority", secrecy=Secrecy.SECRET, tellers=tellers
    )
    Poll.objects.filter(pk=poll.pk).update(state="counted", closed_at=timezone.now())
    poll.tallies.create(
        is_final=True, computed_at=timezone.now(), fingerprint="x", profile={"1": 3, "2": 2, "3": 1},
        result={"elected": [], "tie": None, "rounds": [{"votes": {"1": 3, "2": 2, "3": 1, "4": 0}}]},
    )  # fmt: skip
    poll.refresh_from_db()

    second = second_ballot(poll=poll, by=None, closes_at=later())

    assert second.secrecy == Secrecy.SECRET
    assert {teller.member for teller in second.tellers.all()} == set(tellers)
    assert not any(teller.is_ready for teller in second.tellers.all())


def test_who_runs_the_election_prepares_the_second_ballot_in_the_browser(client, subgroup, voters):
    first = elected_by(subgroup, voters, 1, 1, 2, 2, 3, by=voters[0])
    address = reverse("poll-again", args=[first.pk])
    when = {"closes_at": timezone.localtime(later()).strftime("%Y-%m-%dT%H:%M")}

    client.force_login(voters[1])
    refused = client.post(address, when).status_code
    client.force_login(voters[0])
    page = client.get(reverse("poll-figures", args=[first.pk])).content.decode()
    without_time = client.post(address, {"closes_at": "straks"}, follow=True).content.decode()
    answer = client.post(address, when)

    second = Poll.objects.get(follows=first)
    assert refused == 403
    assert address in page
    assert "Kies een sluitingstijd in de toekomst." in without_time
    assert answer["Location"] == second.get_absolute_url()
    assert "Volgt op: Voorzitter" in client.get(second.get_absolute_url()).content.decode()


def test_a_vote_that_missed_its_quorum_is_taken_again_without_it(subgroup, voters):
    majority = Majority(share="2/3", strict=False, quorum="1/2")
    first = running_poll(subgroup, kind=Kind.MOTION, options=(), majority=majority)
    vote(first, voters[0], choice="for")
    first = close_poll(poll=first, by=None)

    again = open_poll(poll=vote_again(poll=first, by=None, closes_at=later()), by=None)
    vote(again, voters[0], choice="for")
    again = close_poll(poll=again, by=None)

    assert shown_result(first, None, sees_figures=True).sentence.startswith("Geen besluit")
    assert (again.rules.majority.share, again.rules.majority.quorum) == ("2/3", "")
    assert shown_result(again, None, sees_figures=True).sentence.startswith("Aangenomen")
    with pytest.raises(QuorumNotMissed):
        vote_again(poll=first, by=None, closes_at=later())


def test_a_vote_that_reached_its_quorum_is_not_taken_again(subgroup, voters):
    poll = running_poll(subgroup, quorum="1/10")
    vote(poll, voters[0], choice=1)

    with pytest.raises(QuorumNotMissed):
        vote_again(poll=close_poll(poll=poll, by=None), by=None, closes_at=later())


ANSWERS = {
    "call_days": 7, "blank_counts": False, "matter_share": "1/2", "change_share": "2/3", "proxies_per_holder": 1,
    "proxy_hours": 24, "giver_may_still_vote": True, "advance_days": 0, "second_meeting_days": 28,
}  # fmt: skip


@pytest.fixture
def missed():
    """A closed meeting at which one of two votes missed its quorum."""
    Statutes.objects.create(pk=1, **ANSWERS)
    members = [MemberFactory() for _ in range(4)]
    meeting = Meeting.objects.create(title="ALV", held_at=later(8))
    statutes_change, budget = (add_item(meeting=meeting, title=title, text="") for title in ("Statuten", "Begroting"))
    meeting = open_meeting(meeting=call_meeting(meeting=meeting, by=None), by=None)
    check_in(meeting=meeting, member=members[0])
    for item, quorum in ((statutes_change, "2/3"), (budget, "")):
        poll = running_poll(
            None, kind=Kind.MOTION, options=(), item=item, question=item.title, majority=Majority(quorum=quorum)
        )
        vote(poll, members[0], choice="for")
        close_poll(poll=poll, by=None)
    return close_meeting(meeting=meeting, by=None)


def test_a_second_meeting_takes_up_what_missed_its_quorum_and_decides_without(missed):
    second = second_meeting(meeting=missed, by=None, held_at=missed.held_at + timedelta(days=20))

    (item,) = second.items.all()
    assert (second.title, second.second_of, item.title) == ("Tweede vergadering: ALV", missed, "Statuten")
    call_meeting(meeting=second, by=None)
    again = vote_again(poll=item.repeats, by=None, closes_at=second.held_at, item=item)
    assert (again.item, again.follows, again.rules.majority.quorum) == (item, item.repeats, "")


def test_a_second_meeting_past_the_term_of_the_statutes_is_refused_with_the_last_day(missed):
    with pytest.raises(SecondMeetingTooLate) as refusal:
        second_meeting(meeting=missed, by=None, held_at=missed.held_at + timedelta(days=29))

    last = timezone.localdate(missed.held_at + timedelta(days=28))
    assert f"{last:%d-%m-%Y}" in str(refusal.value.message)
    assert Meeting.objects.count() == 1


def test_there_is_one_second_meeting_and_none_when_every_quorum_was_reached(missed):
    second_meeting(meeting=missed, by=None, held_at=missed.held_at + timedelta(days=9))
    fine = Meeting.objects.create(title="Fijn", held_at=later(8))

    for meeting in (missed, fine):
        with pytest.raises(QuorumNotMissed):
            second_meeting(meeting=meeting, by=None, held_at=meeting.held_at + timedelta(days=9))


def test_the_board_walks_from_the_missed_quorum_to_the_second_vote_in_the_browser(client, missed):
    client.force_login(member_with(AssociationRole.BOARD))
    page = client.get(missed.get_absolute_url()).content.decode()
    address, where = reverse("meeting-second", args=[missed.pk]), {"place": "Botenhuis"}
    too_late = client.post(address, {"held_at": "2030-01-01T20:00", **where})
    held_at = timezone.localtime(missed.held_at + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")

    made = client.post(address, {"held_at": held_at, **where})
    second = Meeting.objects.get(second_of=missed)
    client.post(reverse("meeting-call", args=[second.pk]))
    agenda = client.get(second.get_absolute_url()).content.decode()
    item = second.items.get()
    client.post(reverse("poll-again", args=[item.repeats_id]), {"closes_at": held_at, "item": item.pk})

    assert "1 stemming miste het quorum" in page
    assert too_late.status_code == 422
    assert "Botenhuis" in too_late.content.decode()
    assert (made["Location"], second.place) == (second.get_absolute_url(), "Botenhuis")
    assert "Opnieuw stemmen, zonder quorum" in agenda
    assert item.polls.get().rules.majority.quorum == ""
