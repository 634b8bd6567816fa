"""The running poll above the discussions of its group."""

import pytest
from django.urls import reverse

from polls.models import Kind
from polls.services import close_poll
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import make_poll, running_poll, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def discussions(client, subgroup):
    """The text of the discussions of the group as one member reads them."""

    def read(member):
        client.force_login(member)
        return client.get(reverse("threads", args=[subgroup.slug])).content.decode()

    return read


def test_it_asks_to_vote_and_afterwards_shows_the_bars_and_the_own_choice(subgroup, discussions):
    voter = member_of(subgroup)
    poll = running_poll(subgroup, question="Waar overnachten we?", secrecy="open", shown="after_vote")

    before = discussions(voter)
    vote(poll, voter, choice=1)
    after = discussions(voter)

    assert "Waar overnachten we?" in before
    assert f'href="{poll.get_absolute_url()}"' in before
    assert '<progress class="bar bar-thin"' not in before
    assert f'href="{poll.get_absolute_url()}?change"' in after
    assert after.count('<progress class="bar bar-thin"') == 3


def test_it_keeps_a_result_that_is_shown_after_closing(subgroup, discussions):
    voter = member_of(subgroup)
    poll = running_poll(subgroup, question="Waar overnachten we?", shown="after_closing")
    vote(poll, voter, choice=1)

    page = discussions(voter)

    assert "Waar overnachten we?" in page
    assert '<progress class="bar bar-thin"' not in page


@pytest.mark.parametrize("kind", [Kind.RANKING, Kind.DATES])
def test_every_kind_of_answer_can_be_shown_back(subgroup, discussions, kind):
    voter = member_of(subgroup)
    options = ("2026-12-01T20:00", "2026-12-02T20:00") if kind == Kind.DATES else ("Camping", "Boot")
    poll = running_poll(subgroup, kind=kind, options=options, question="Waar overnachten we?")

    assert f'href="{poll.get_absolute_url()}"' in discussions(voter)


def test_a_poll_that_is_over_a_draft_and_one_of_another_group_stay_away(subgroup, discussions):
    reader = member_of(subgroup)
    over = running_poll(subgroup, question="Voorbij?")
    close_poll(poll=over, by=None)
    make_poll(subgroup, question="Nog niet?")
    elsewhere = SubgroupFactory()
    member_of(elsewhere)
    running_poll(elsewhere, question="Van anderen?")

    page = discussions(reader)

    assert not [question for question in ("Voorbij?", "Nog niet?", "Van anderen?") if question in page]


def test_it_is_gone_where_the_group_has_no_polls(subgroup, discussions):
    reader = member_of(subgroup)
    running_poll(subgroup, question="Waar overnachten we?")
    subgroup.modules = [module for module in subgroup.modules if module != "polls"]
    subgroup.save(update_fields=["modules"])

    assert "Waar overnachten we?" not in discussions(reader)
