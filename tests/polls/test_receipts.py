"""A receipt with which a voter checks that the ballot counts (PS-17)."""

from collections import Counter

import pytest
from django.urls import reverse

from polls.counting.ballot_file import count_file
from polls.errors import ReceiptsNotPossible
from polls.models import Elector, Kind, Secrecy, Tally
from polls.receipts import CODE, new_code
from polls.services import close_poll
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import make_poll, running_poll, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voters(subgroup):
    return [member_of(subgroup) for _ in range(12)]


def secret(subgroup, **fields):
    return running_poll(subgroup, secrecy=Secrecy.SECRET, receipts=True, **fields)


def code_on(client, poll):
    return client.get(poll.get_absolute_url()).context["receipt_code"]


def test_a_voter_finds_the_own_choice_beside_the_code_and_anyone_adds_the_list_up(client, subgroup, voters):
    poll, noted = secret(subgroup), {}
    for at, voter in enumerate(voters):
        client.force_login(voter)
        noted[voter] = code_on(client, poll)
        client.post(poll.get_absolute_url(), {"choice": 1 + at % 3, "code": noted[voter]})
    close_poll(poll=poll, by=None)

    rows = dict(client.get(reverse("poll-receipts", args=[poll.pk])).context["rows"])
    ballots = client.get(reverse("poll-ballots", args=[poll.pk])).content

    names = ["Camping", "Boerderij", "Boot"]
    assert all(rows[noted[voter]] == names[at % 3] for at, voter in enumerate(voters))
    added_up = Counter(rows.values())
    counted = count_file(ballots)["rounds"][0]["votes"]
    assert {name: counted[str(number)] for number, name in enumerate(names, start=1)} == added_up


def test_before_closing_the_code_is_in_the_envelope_and_nowhere_else(client, subgroup, voters):
    poll = secret(subgroup)
    client.force_login(voters[0])
    code = code_on(client, poll)
    client.post(poll.get_absolute_url(), {"choice": 1, "code": code}, follow=True)

    elector = Elector.objects.get(poll=poll, member=voters[0])
    assert elector.answer is None
    assert code.encode() not in bytes(elector.sealed)
    assert code not in str(dict(client.session))
    assert code not in client.get(poll.get_absolute_url()).content.decode()


def test_a_changed_vote_counts_under_its_new_code_alone(client, subgroup, voters):
    poll = secret(subgroup)
    first, second = new_code(), new_code()
    for voter in voters[1:]:
        vote(poll, voter, choice=3)
    vote(poll, voters[0], choice=1, code=first)
    vote(poll, voters[0], choice=2, code=second)
    close_poll(poll=poll, by=None)

    receipts = dict(Tally.objects.get().receipts)
    assert first not in receipts
    assert receipts[second] == "2"


@pytest.mark.parametrize("code", ["", "kort", "A" * 5000, "AAAA-BBBB-CCC#", "<b>AAAA-BBBB</b>", "1>2#AAAA-BBBB-CCCC"])
def test_a_code_that_is_not_ours_is_replaced_and_the_vote_counts(subgroup, voters, code):
    poll = secret(subgroup)
    for voter in voters:
        vote(poll, voter, choice=2, code=code)
    close_poll(poll=poll, by=None)

    tally = Tally.objects.get()
    assert tally.profile == {"2": 12}
    assert all(CODE.fullmatch(each) for each, _answer in tally.receipts)
    assert len({each for each, _answer in tally.receipts}) == 12


def test_with_few_votes_no_choice_is_listed(client, subgroup, voters):
    poll = secret(subgroup)
    for voter in voters[:9]:
        vote(poll, voter, choice=1)
    client.force_login(voters[0])

    before = client.get(reverse("poll-receipts", args=[poll.pk])).status_code
    close_poll(poll=poll, by=None)

    assert (before, client.get(reverse("poll-receipts", args=[poll.pk])).status_code) == (403, 403)


def test_the_list_keeps_nothing_of_the_order_of_voting(subgroup, voters):
    poll = secret(subgroup)
    for voter in voters:
        vote(poll, voter, choice=1)
    close_poll(poll=poll, by=None)

    codes = [code for code, _answer in Tally.objects.get().receipts]
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    "fields",
    [
        {"secrecy": Secrecy.OPEN},
        {"secrecy": Secrecy.CONFIDENTIAL},
        {"secrecy": Secrecy.SECRET, "kind": Kind.RANKING},
        {"secrecy": Secrecy.SECRET, "kind": Kind.POINTS},
        {"secrecy": Secrecy.SECRET, "kind": Kind.ELECTION, "method": "irv"},
        {"secrecy": Secrecy.SECRET, "weights": {"1": 2}},
    ],
)
def test_receipts_are_refused_where_a_ballot_could_mark_its_voter(subgroup, fields):
    with pytest.raises(ReceiptsNotPossible):
        make_poll(subgroup, receipts=True, **fields)


def test_a_poll_without_receipts_lists_no_choices(client, subgroup, voters):
    poll = running_poll(subgroup, secrecy=Secrecy.SECRET)
    for voter in voters:
        vote(poll, voter, choice=1)
    close_poll(poll=poll, by=None)
    client.force_login(voters[0])

    assert Tally.objects.get().receipts == []
    assert client.get(reverse("poll-receipts", args=[poll.pk])).status_code == 403
