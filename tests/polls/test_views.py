"""Doors, pages and downloads."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from notifications.cards import cards_for
from polls.models import Elector, Poll
from polls.services import close_poll
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_polls import make_poll, running_poll, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voter(subgroup):
    return member_of(subgroup)


def logged_in(client, member):
    client.force_login(member)
    return client


def text_of(response):
    return response.content.decode()


def test_a_vote_by_plain_form_is_recorded_and_shown_back(client, subgroup, voter):
    poll = running_poll(subgroup, shown="after_vote")
    logged_in(client, voter)

    before = text_of(client.get(poll.get_absolute_url()))
    response = client.post(poll.get_absolute_url(), {"choice": "2"}, follow=True)

    assert "Boerderij is het meest gekozen" not in before
    assert Elector.objects.get(poll=poll, member=voter).answer == "2"
    assert response.redirect_chain == [(poll.get_absolute_url(), 302)]
    assert "Boerderij" in text_of(response)
    assert 'type="radio"' not in text_of(response)


def test_a_vote_by_htmx_answers_the_ballot_alone(client, subgroup, voter):
    poll = running_poll(subgroup, shown="live")
    headers = {"HX-Request": "true", "HX-Target": "poll"}

    response = logged_in(client, voter).post(poll.get_absolute_url(), {"choice": "1"}, headers=headers)

    assert text_of(response).strip().startswith("<section")
    assert "100%" in text_of(response)


def test_a_refused_ballot_comes_back_with_422_and_keeps_what_was_ticked(client, subgroup, voter):
    poll = running_poll(subgroup, most_choices=2)

    response = logged_in(client, voter).post(poll.get_absolute_url(), {"choice": ["1", "2", "3"]})

    assert response.status_code == 422
    assert text_of(response).count(" checked") == 3
    assert not Elector.objects.filter(poll=poll, voted=True).exists()


def test_a_vote_after_closing_is_refused_with_a_sentence(client, subgroup, voter):
    poll = running_poll(subgroup)
    logged_in(client, voter)

    with time_machine.travel(poll.closes_at + timedelta(seconds=1)):
        client.force_login(voter)
        response = client.post(poll.get_absolute_url(), {"choice": "1"})

    assert response.status_code == 422
    assert not Elector.objects.filter(poll=poll, voted=True).exists()


PAGES = ["poll", "poll-names", "poll-figures", "poll-csv", "poll-pdf"]


@pytest.mark.parametrize("page", PAGES)
def test_a_poll_that_is_not_yours_answers_as_one_that_does_not_exist(client, subgroup, page):
    poll = running_poll(subgroup) if member_of(subgroup) else None
    outsider = MemberFactory()
    former = member_of(subgroup)
    end_membership(subgroup=subgroup, member=former)

    for stranger in (outsider, former):
        logged_in(client, stranger)
        hidden = client.get(reverse(page, args=[poll.pk]))
        missing = client.get(reverse(page, args=[poll.pk + 999]))
        assert (hidden.status_code, missing.status_code) == (404, 404)
        assert text_of(hidden) == text_of(missing)
    assert client.post(poll.get_absolute_url(), {"choice": "1"}).status_code == 404
    assert not Elector.objects.filter(poll=poll, voted=True).exists()


def test_who_joined_after_opening_reads_why_there_is_no_ballot_and_cannot_vote(client, subgroup, voter):
    poll = running_poll(subgroup)
    late = logged_in(client, member_of(subgroup))

    page = late.get(poll.get_absolute_url())
    refused = late.post(poll.get_absolute_url(), {"choice": "1"})

    assert "daar stond je nog niet op" in text_of(page)
    assert refused.status_code == 403
    assert not Elector.objects.filter(poll=poll, voted=True).exists()


def test_anonymous_visitors_go_to_the_log_in_page(client, subgroup, voter):
    poll = running_poll(subgroup)

    assert client.get(poll.get_absolute_url()).status_code == 302


def test_board_opens_figures_and_downloads_and_members_do_not(client, subgroup, voter):
    board = member_with(AssociationRole.BOARD)
    poll = running_poll(subgroup, options=("=1+1", "Boerderij"))
    vote(poll, voter, choice=1)
    close_poll(poll=poll, by=None)

    logged_in(client, board)
    page, csv, pdf = (client.get(reverse(name, args=[poll.pk])) for name in PAGES[2:])
    logged_in(client, voter)
    refused = [client.get(reverse(name, args=[poll.pk])).status_code for name in PAGES[2:]]

    checksum = text_of(page).split('class="checksum">')[1].split("<")[0]
    assert len(checksum) == 64
    assert checksum in text_of(csv)
    assert "'=1+1;1;100" in text_of(csv)
    assert pdf.content.startswith(b"%PDF")
    assert refused == [403, 403, 403]


@pytest.mark.parametrize("shown", ["after_close", "after_vote"])
def test_no_page_leaks_a_total_before_its_time(client, subgroup, voter, shown):
    other, board = member_of(subgroup), member_with(AssociationRole.BOARD)
    poll = running_poll(subgroup, shown=shown)
    vote(poll, other, choice=1)

    for reader in (voter, board):
        logged_in(client, reader)
        for name in PAGES:
            response = client.get(reverse(name, args=[poll.pk]))
            assert "data-bar" not in response.content.decode("latin-1")
            assert name not in ("poll-names", "poll-csv", "poll-pdf") or response.status_code == 403


def test_results_for_the_board_stay_with_the_board(client, subgroup, voter):
    poll = running_poll(subgroup, audience="board")
    vote(poll, voter, choice=1)
    close_poll(poll=poll, by=None)

    assert "data-bar" not in text_of(logged_in(client, voter).get(poll.get_absolute_url()))
    assert "data-bar" in text_of(logged_in(client, member_with(AssociationRole.BOARD)).get(poll.get_absolute_url()))


def test_home_shows_a_card_until_the_vote_is_cast(subgroup, voter):
    poll = running_poll(subgroup, question="Nieuwe clubkleding?")

    before = [card.title for card in cards_for(voter)]
    vote(poll, voter, choice=1)

    assert before == ["Nieuwe clubkleding?"]
    assert cards_for(voter) == []


def make_by_form(client, address, **fields):
    closes = timezone.localtime(timezone.now() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    values = {"question": "Welke kleur?", "options": "Rood\nGroen\n\nBlauw", "closes_at": closes, "most_choices": "1"}
    choices = {"secrecy": "open", "shown": "live", "audience": "everybody", "may_change": "on"}
    return client.post(address, {**values, **choices, **fields})


def test_a_member_makes_a_poll_looks_it_over_and_opens_it(client, subgroup, voter):
    logged_in(client, voter)

    made = make_by_form(client, reverse("make-subgroup-poll", args=[subgroup.slug, "gauge"]))
    poll = Poll.objects.get()
    preview = client.get(made["Location"])
    client.post(reverse("poll-open", args=[poll.pk]))

    poll.refresh_from_db()
    assert "Rood" in text_of(preview)
    assert (poll.state, poll.created_by, poll.rules.shown) == (Poll.State.OPEN, voter, "live")
    assert list(poll.options.values_list("number", "text")) == [(1, "Rood"), (2, "Groen"), (3, "Blauw")]
    assert client.get(poll.get_absolute_url()).context["shows_ballot"] is True


@pytest.mark.parametrize("fields", [{"options": "Rood"}, {"options": "Rood\nrood"}, {"closes_at": "2020-01-01T10:00"}])
def test_a_form_that_is_not_right_comes_back_with_what_was_typed(client, subgroup, voter, fields):
    response = make_by_form(
        logged_in(client, voter), reverse("make-subgroup-poll", args=[subgroup.slug, "gauge"]), **fields
    )

    assert response.status_code == 422
    assert "Welke kleur?" in text_of(response)
    assert not Poll.objects.exists()


def test_only_who_may_announce_starts_a_poll_for_the_association(client, voter):
    board = member_with(AssociationRole.BOARD)

    assert make_by_form(logged_in(client, voter), reverse("make-poll", args=["gauge"])).status_code == 403
    assert make_by_form(logged_in(client, board), reverse("make-poll", args=["gauge"])).status_code == 302
    assert Poll.objects.get().subgroup is None


def test_a_draft_is_seen_by_who_prepares_it_only(client, subgroup, voter):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    poll = make_poll(subgroup, by=manager)

    assert logged_in(client, voter).get(poll.get_absolute_url()).status_code == 404
    assert logged_in(client, manager).get(poll.get_absolute_url()).status_code == 200


def test_only_who_runs_the_poll_closes_it(client, subgroup, voter):
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    poll = running_poll(subgroup, by=manager)
    address = reverse("poll-close", args=[poll.pk])

    refused = logged_in(client, voter).post(address)
    logged_in(client, manager).post(address)

    poll.refresh_from_db()
    assert (refused.status_code, poll.state, poll.closed_by) == (403, Poll.State.COUNTED, manager)


@pytest.mark.parametrize("address", ["polls", "subgroup-polls"])
def test_a_list_costs_the_same_for_any_number_of_polls(client, subgroup, voter, address, django_assert_max_num_queries):
    logged_in(client, voter)
    url = reverse(address, args=[subgroup.slug] if address == "subgroup-polls" else [])
    closed = running_poll(subgroup, question="Eerste?")
    close_poll(poll=closed, by=None)
    with django_assert_max_num_queries(60) as first:
        client.get(url)
    for number in range(4):
        vote(running_poll(subgroup, question=f"Vraag {number}?"), voter, choice=1)
        close_poll(poll=running_poll(subgroup, question=f"Gesloten {number}?"), by=None)

    with django_assert_max_num_queries(len(first.captured_queries)):
        page = text_of(client.get(url))

    assert "Vraag 3?" in page
    assert "Gesloten 3?" in page


def twelve_in(subgroup, votes, poll_of):
    """Twelve members; the poll that `poll_of()` opens, and the first `votes` of them vote in it."""
    members = [member_of(subgroup) for _ in range(12)]
    poll = poll_of()
    for member in members[:votes]:
        vote(poll, member, choice=1)
    return poll


def test_the_board_sees_turnout_per_group_without_parts_that_are_too_small(client):
    large, small = SubgroupFactory(name="Zeilers"), SubgroupFactory(name="Kleintjes")
    for _ in range(4):
        member_of(small)
    for _ in range(10):
        MemberFactory()
    board = member_with(AssociationRole.BOARD)
    poll = twelve_in(large, 6, lambda: running_poll(None))
    close_poll(poll=poll, by=None)

    figures = logged_in(client, board).get(reverse("poll-figures", args=[poll.pk])).context["figures"]
    csv = client.get(reverse("poll-csv", args=[poll.pk])).content.decode()

    assert [(part.label, part.voted, part.entitled) for part in figures.groups] == [
        ("Kleintjes", None, None),
        ("Zeilers", 6, 12),
    ]
    assert "Opkomst;Zeilers;6;12" in csv
    assert "Opkomst;Kleintjes;–;–" in csv


def test_a_group_that_holds_nearly_everybody_shows_no_turnout(client):
    """What is left of the total would be a cell under the limit."""
    large = SubgroupFactory()
    board = member_with(AssociationRole.BOARD)
    poll = twelve_in(large, 6, lambda: running_poll(None))
    close_poll(poll=poll, by=None)

    figures = logged_in(client, board).get(reverse("poll-figures", args=[poll.pk])).context["figures"]

    assert [(part.voted, part.entitled) for part in figures.groups] == [(None, None)]


def test_turnout_of_parts_of_a_confidential_poll_is_told_after_closing_only(client):
    subgroup, other = SubgroupFactory(), SubgroupFactory()
    for _ in range(11):
        member_of(other)
    board = member_with(AssociationRole.BOARD)
    poll = twelve_in(subgroup, 5, lambda: running_poll(None, secrecy="confidential"))
    logged_in(client, board)
    address = reverse("poll-figures", args=[poll.pk])

    during = client.get(address).context["figures"]
    close_poll(poll=poll, by=None)
    after = client.get(address).context["figures"]

    assert (during.groups, during.parts) == ([], [])
    assert sorted((part.voted, part.entitled) for part in after.groups) == [(0, 11), (5, 12)]
    assert [part.entitled for part in after.parts] == [24]


def test_a_poll_of_one_group_has_no_table_of_groups(client):
    subgroup = SubgroupFactory()
    board = member_with(AssociationRole.BOARD)
    poll = twelve_in(subgroup, 2, lambda: running_poll(subgroup))
    close_poll(poll=poll, by=None)

    assert logged_in(client, board).get(reverse("poll-figures", args=[poll.pk])).context["figures"].groups == []
