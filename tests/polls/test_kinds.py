"""Each kind from form to result, and what each refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from polls.errors import (
    AlwaysOpen,
    InvalidAnswer,
    MarkNothing,
    NeedsOptions,
    NothingChosen,
    OverBudget,
    RankNothing,
    TooManyChoices,
    TooManyOptions,
)
from polls.models import Elector, Kind, Poll, Tally
from polls.queries import right_to_vote, shown_result, signed_up
from polls.rules import Majority
from polls.services import add_option, close_poll
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import make_poll, running_poll, vote
from tests.parallel import at_once

pytestmark = pytest.mark.django_db

FIXED = {"options": ()}
MOMENTS = ("2027-03-27T20:00", "2027-03-28T20:00", "2026-12-04T20:00")


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voters(subgroup):
    return [member_of(subgroup) for _ in range(4)]


def result_of(poll):
    close_poll(poll=poll, by=None)
    poll.refresh_from_db()
    return Tally.objects.get(poll=poll, is_final=True).result, shown_result(poll, None, sees_figures=True)


def cast(poll, voters, *ballots):
    for voter, ballot in zip(voters, ballots, strict=False):
        vote(poll, voter, **ballot)


def test_statement_gives_a_distribution_and_a_median_without_who_has_no_opinion(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.STATEMENT, **FIXED)
    cast(poll, voters, {"choice": "5"}, {"choice": "4"}, {"choice": "1"}, {"choice": "none"})

    result, shown = result_of(poll)

    assert result == {"steps": {"5": 1, "4": 1, "3": 0, "2": 0, "1": 1}, "none": 1, "median": "4"}
    assert [bar.votes for bar in shown.bars] == [1, 1, 0, 0, 1, 1]


def test_dates_rank_by_yes_then_if_need_be_and_keep_their_wall_time_over_the_clock_change(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.DATES, options=MOMENTS)
    cast(poll, voters, {"date-1": "2", "date-2": "2"}, {"date-2": "2", "date-3": "1"}, {"date-3": "2"})

    result, shown = result_of(poll)

    assert result["dates"] == [[2, 2, 0, 1], [3, 1, 1, 1], [1, 1, 0, 2]]
    assert [bar.label for bar in shown.bars] == [
        "zo 28 mrt 2027, 20.00 uur",
        "vr 4 dec, 20.00 uur",
        "za 27 mrt 2027, 20.00 uur",
    ]


def test_ranking_orders_all_options_with_equal_places(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.RANKING)
    cast(poll, voters, {"rank-1": "1", "rank-2": "2"}, {"rank-1": "1", "rank-2": "1"}, {"rank-2": "3", "rank-1": "7"})

    result, shown = result_of(poll)

    assert sorted(Elector.objects.filter(voted=True).values_list("answer", flat=True)) == ["1=2", "1>2", "2>1"]
    assert result["order"] == [[1, 2], [3]]
    assert [bar.note for bar in shown.bars] == ["plaats 1", "plaats 1", "plaats 3"]


def test_points_are_summed_and_the_budget_holds(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.POINTS, budget=5)
    cast(poll, voters, {"points-1": "3", "points-2": "2"}, {"points-2": "5"})

    with pytest.raises(OverBudget):
        vote(poll, voters[2], **{"points-1": "3", "points-3": "3"})
    result, _shown = result_of(poll)

    assert result["points"] == {"1": 3, "2": 7, "3": 0}


def test_marks_are_summed_left_out_counts_as_nothing_and_the_mean_is_shown(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.MARKS)
    cast(poll, voters, {"mark-1": "8", "mark-2": "7"}, {"mark-1": "7", "mark-2": "10"}, {"mark-1": "7"})

    result, shown = result_of(poll)

    assert result["marks"] == {"1": 22, "2": 17, "3": 0}
    assert [bar.note for bar in shown.bars] == ["gemiddeld 7,3", "gemiddeld 5,7", "gemiddeld 0,0"]
    assert [bar.percent for bar in shown.bars] == [73, 57, 0]
    assert shown.sentence == "Camping krijgt het hoogste cijfer, gemiddeld 7,3."


def test_equal_marks_are_a_tie(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.MARKS)
    cast(poll, voters, {"mark-1": "5", "mark-2": "5"})

    assert result_of(poll)[1].sentence == "Gelijke stand voor het hoogste cijfer: Camping, Boerderij, gemiddeld 5,0."


@pytest.mark.parametrize(
    ("ballots", "sentence"),
    [
        ([], "Geen consent: niemand heeft ingestemd."),
        (["abstain", "abstain"], "Geen consent: niemand heeft ingestemd."),
        (["agree", "agree"], "Consent: niemand heeft bezwaar."),
        (["agree", "concern"], "Consent: niemand heeft bezwaar. Er is 1 zorg om rekening mee te houden."),
        (["agree", "agree", "object"], "Geen consent: 1 bezwaar. Bespreek het en kom met een nieuw voorstel."),
    ],
)
def test_consent_is_given_when_nobody_objects_however_many_agree(subgroup, voters, ballots, sentence):
    poll = running_poll(subgroup, kind=Kind.CONSENT, options=())
    cast(poll, voters, *[{"choice": choice} for choice in ballots])

    assert result_of(poll)[1].sentence == sentence


@pytest.mark.parametrize(
    ("kind", "ballot", "figure"),
    [
        (Kind.GAUGE, {"choice": "1"}, lambda result: result["votes"]["1"]),
        (Kind.RANKING, {"rank-1": "1"}, lambda result: result["ballots"]),
        (Kind.POINTS, {"points-1": "1"}, lambda result: result["points"]["1"]),
        (Kind.MARKS, {"mark-1": "1"}, lambda result: result["marks"]["1"]),
    ],
)
def test_abstaining_is_taking_part_without_a_choice_where_it_is_offered(subgroup, voters, kind, ballot, figure):
    poll = running_poll(subgroup, kind=kind, abstain=True)
    without = running_poll(subgroup, kind=kind)
    cast(poll, voters, ballot, {"choice": "abstain"}, {"choice": "abstain"})

    with pytest.raises(InvalidAnswer):
        vote(without, voters[0], choice="abstain")
    with pytest.raises(InvalidAnswer):
        vote(poll, voters[0], choice=["abstain", "1"])
    result, shown = result_of(poll)

    assert (figure(result), result["abstained"], shown.voters) == (1, 2, 3)
    assert shown.bars[-1].label == "Onthield zich"


def test_a_voter_adds_an_option_to_each_kind_that_allows_it_and_everybody_can_choose_it(subgroup, voters):
    for kind, ballot in ((Kind.RANKING, "rank-4"), (Kind.POINTS, "points-4"), (Kind.MARKS, "mark-4")):
        poll = running_poll(subgroup, kind=kind, adds_options=True)
        vote(poll, voters[0], **{ballot.replace("4", "1"): "1"})

        added = add_option(poll=poll, by=voters[0], text="Hotel")
        vote(poll, voters[1], **{ballot: "1"})

        assert (added.number, added.added_at is not None) == (4, True)
        assert "Hotel" in [bar.label for bar in result_of(poll)[1].bars]


def test_a_poll_takes_no_more_than_a_hundred_options(subgroup, voters):
    poll = running_poll(subgroup, options=[f"Optie {n}" for n in range(100)], adds_options=True)

    with pytest.raises(TooManyOptions):
        add_option(poll=poll, by=voters[0], text="Nog een")
    assert poll.options.count() == 100


def test_signing_up_keeps_the_order_and_who_comes_back_goes_to_the_end(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.SIGNUP, places=2, **FIXED)
    cast(poll, voters, *[{"choice": "yes"}] * 3)

    vote(poll, voters[0], choice="no")
    after_withdrawal = signed_up(poll)
    vote(poll, voters[0], choice="yes")

    assert (after_withdrawal.coming, after_withdrawal.waiting) == (voters[1:3], [])
    assert (signed_up(poll).coming, signed_up(poll).waiting) == (voters[1:3], [voters[0]])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_sign_up_for_the_last_place_at_once_get_one_place_and_one_wait():
    subgroup = SubgroupFactory()
    members = [member_of(subgroup) for _ in range(6)]
    poll = running_poll(subgroup, kind=Kind.SIGNUP, places=1, **FIXED)

    at_once(*(lambda m=member: vote(poll, m, choice="yes") for member in members))

    assert (len(signed_up(poll).coming), len(signed_up(poll).waiting)) == (1, 5)


@pytest.mark.parametrize(
    ("majority", "verdict"),
    [
        (Majority(), "adopted"),
        (Majority(share="2/3", strict=False), "adopted"),
        (Majority(share="3/4", strict=False), "rejected"),
        (Majority(counted=("blank",), share="2/3", strict=False), "rejected"),
        (Majority(base="entitled"), "rejected"),
        (Majority(quorum="2/3", base="votes"), "adopted"),
        (Majority(quorum="1/1"), "adopted"),
        (Majority(quorum="1/1", counted_for_quorum=()), "no_decision"),
    ],
)
def test_a_motion_is_judged_by_the_majority_it_was_opened_with(subgroup, voters, majority, verdict):
    poll = running_poll(subgroup, kind=Kind.MOTION, majority=majority, **FIXED)
    cast(poll, voters, {"choice": "for"}, {"choice": "for"}, {"choice": "against"}, {"choice": "blank"})

    result, _shown = result_of(poll)

    assert result["verdict"] == verdict


def test_an_election_needs_more_than_half_and_says_so(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.ELECTION, method="absolute_majority", options=("Ans", "Bo"))
    cast(poll, voters, {"choice": "1"}, {"choice": "2"}, {"choice": "blank"})

    result, shown = result_of(poll)

    assert (result["elected"], result["tie"], result["blank"]) == ([], None, 1)
    assert shown.sentence == "Niemand heeft meer dan de helft van de stemmen: er komt een tweede stemming."


def test_an_election_by_ranking_counts_by_its_method(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.ELECTION, method="irv", options=("Ans", "Bo", "Cas"))
    cast(poll, voters, {"rank-1": "1"}, {"rank-1": "1", "rank-2": "2"}, {"rank-3": "1", "rank-2": "2"}, {"rank-2": "1"})

    result, shown = result_of(poll)

    # Bo and Cas have one vote each: without Cas, Ans and Bo have two each; without Bo, Ans wins.
    assert (result["elected"], result["tie"]) == ([], [[2, 3]])
    assert [bar.votes for bar in shown.bars] == [2, 1, 1]
    assert shown.sentence == "Gelijk, alleen loting kan beslissen: Bo, Cas."


def test_a_tie_in_an_election_names_nobody_as_elected(subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.ELECTION, method="plurality", options=("Ans", "Bo"))
    cast(poll, voters, {"choice": "1"}, {"choice": "2"})

    result, shown = result_of(poll)

    assert (result["elected"], result["tie"]) == ([], [[1, 2]])
    assert not any(bar.is_winner for bar in shown.bars)


BAD = [
    (Kind.STATEMENT, FIXED, {}, NothingChosen),
    (Kind.STATEMENT, FIXED, {"choice": "6"}, InvalidAnswer),
    (Kind.STATEMENT, FIXED, {"choice": ["1", "2"]}, InvalidAnswer),
    (Kind.DATES, {"options": MOMENTS}, {}, NothingChosen),
    (Kind.DATES, {"options": MOMENTS}, {"date-1": "3"}, InvalidAnswer),
    (Kind.DATES, {"options": MOMENTS}, {"date-9": "2"}, InvalidAnswer),
    (Kind.DATES, {"options": MOMENTS}, {"date-x": "2"}, InvalidAnswer),
    (Kind.RANKING, {}, {}, RankNothing),
    (Kind.RANKING, {}, {"rank-1": "eerst"}, InvalidAnswer),
    (Kind.RANKING, {}, {"rank-1": "-1"}, InvalidAnswer),
    (Kind.RANKING, {}, {"rank-7": "1"}, InvalidAnswer),
    (Kind.POINTS, {}, {"points-1": "0"}, RankNothing),
    (Kind.POINTS, {}, {"points-1": "99999"}, OverBudget),
    (Kind.POINTS, {}, {"points-1": "9" * 10_000_000}, InvalidAnswer),
    (Kind.POINTS, {}, {"points-1": "-5"}, InvalidAnswer),
    (Kind.MARKS, {}, {}, MarkNothing),
    (Kind.MARKS, {}, {"mark-1": "11"}, InvalidAnswer),
    (Kind.MARKS, {}, {"mark-1": "-1"}, InvalidAnswer),
    (Kind.MARKS, {}, {"mark-1": "7,5"}, InvalidAnswer),
    (Kind.MARKS, {}, {"mark-9": "5"}, InvalidAnswer),
    (Kind.CONSENT, FIXED, {}, NothingChosen),
    (Kind.CONSENT, FIXED, {"choice": ["agree", "object"]}, InvalidAnswer),
    (Kind.CONSENT, FIXED, {"choice": "veto"}, InvalidAnswer),
    (Kind.SIGNUP, FIXED, {"choice": "maybe"}, InvalidAnswer),
    (Kind.SIGNUP, FIXED, {"choice": ["yes", "no"]}, InvalidAnswer),
    (Kind.MOTION, FIXED, {"choice": "abstain"}, InvalidAnswer),
    (Kind.MOTION, FIXED, {"choice": "1"}, InvalidAnswer),
    (Kind.ELECTION, {"method": "plurality"}, {"choice": ["1", "2"]}, TooManyChoices),
    (Kind.ELECTION, {"method": "plurality"}, {"choice": ["blank", "1"]}, InvalidAnswer),
    (Kind.ELECTION, {"method": "irv"}, {"rank-1": "1", "rank-2": "1"}, InvalidAnswer),
    (Kind.ELECTION, {"method": "irv"}, {"choice": "1"}, RankNothing),
]


@pytest.mark.parametrize(("kind", "fields", "ballot", "refusal"), BAD, ids=range(len(BAD)))
def test_a_malformed_answer_of_each_kind_is_refused_and_nothing_is_stored(
    subgroup, voters, kind, fields, ballot, refusal
):
    poll = running_poll(subgroup, kind=kind, **fields)

    with pytest.raises(refusal):
        vote(poll, voters[0], **ballot)

    assert not Elector.objects.filter(voted=True).exists()


@pytest.mark.parametrize("kind", [Kind.DATES, Kind.SIGNUP])
def test_what_people_arrange_together_is_never_hidden(subgroup, kind):
    with pytest.raises(AlwaysOpen):
        make_poll(subgroup, kind=kind, options=MOMENTS, secrecy="secret")


@pytest.mark.parametrize("kind", [Kind.GAUGE, Kind.DATES, Kind.RANKING, Kind.POINTS, Kind.ELECTION])
def test_a_poll_with_options_needs_two_of_them(subgroup, kind):
    with pytest.raises(NeedsOptions):
        make_poll(subgroup, kind=kind, options=("2026-12-04T20:00",))


COMMON = {"question": "Wat doen we?", "shown": "after_vote", "audience": "everybody", "may_change": "on"}
FORMS = {
    Kind.GAUGE: ({"options": "Rood\nBlauw", "most_choices": "1", "secrecy": "open"}, {"choice": "1"}),
    Kind.STATEMENT: ({"secrecy": "open"}, {"choice": "4"}),
    Kind.DATES: ({"options": "4-12-2026 20.00\n5-12-2026 9:30"}, {"date-1": "2"}),
    Kind.RANKING: ({"options": "Rood\nBlauw", "secrecy": "open"}, {"rank-2": "1"}),
    Kind.POINTS: ({"options": "Rood\nBlauw", "secrecy": "open", "budget": "5"}, {"points-1": "5"}),
    Kind.MARKS: ({"options": "Rood\nBlauw", "secrecy": "open"}, {"mark-1": "8"}),
    Kind.CONSENT: ({"secrecy": "open"}, {"choice": "agree"}),
    Kind.SIGNUP: ({"places": "2"}, {"choice": "yes"}),
    Kind.MOTION: ({"secrecy": "open", "share": "2/3", "base": "votes"}, {"choice": "for"}),
    Kind.ELECTION: ({"options": "Ans\nBo", "secrecy": "open", "seats": "1", "method": "plurality"}, {"choice": "2"}),
}


@pytest.mark.parametrize("kind", FORMS)
def test_each_kind_is_made_opened_voted_and_read_by_plain_forms(client, subgroup, kind):
    fields, ballot = FORMS[kind]
    maker = member_of(subgroup, "manager")
    client.force_login(maker)
    closes = timezone.localtime(timezone.now() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")

    made = client.post(
        reverse("make-subgroup-poll", args=[subgroup.slug, kind]), {**COMMON, "closes_at": closes, **fields}
    )
    poll = Poll.objects.get()
    client.post(reverse("poll-open", args=[poll.pk]))
    page = client.get(made["Location"])
    voted = client.post(poll.get_absolute_url(), ballot, follow=True)
    changing = client.get(poll.get_absolute_url() + "?change")
    with time_machine.travel(poll.closes_at + timedelta(minutes=1)):
        close_poll(poll=poll, by=None)
        client.force_login(maker)
        figures = client.get(reverse("poll-figures", args=[poll.pk]))
        pdf = client.get(reverse("poll-pdf", args=[poll.pk]))

    assert page.context["shows_ballot"] is True
    assert voted.context["has_voted"] is True
    assert "data-bar" in voted.content.decode()
    assert changing.context["shows_ballot"] is True
    assert "data-bar" in figures.content.decode()
    assert pdf.content.startswith(b"%PDF")
    assert right_to_vote(poll, maker).answer is not None


def test_a_refused_ranking_keeps_what_was_typed(client, subgroup, voters):
    poll = running_poll(subgroup, kind=Kind.POINTS, budget=5)
    client.force_login(voters[0])

    response = client.post(poll.get_absolute_url(), {"points-1": "4", "points-2": "4"})

    assert response.status_code == 422
    assert response.content.decode().count('value="4"') == 2
