"""After its term nobody can tell any more who chose what; what was chosen stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.privacy.retention import set_term, wipe_all
from polls.models import Elector, Tally
from polls.services import close_poll
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_polls import running_poll, vote
from theme.retention import retention_rule

pytestmark = pytest.mark.django_db
LONG_AFTER = timedelta(days=731)


def closed_poll(subgroup, voter):
    poll = running_poll(subgroup)
    vote(poll, voter, choice=1)
    return close_poll(poll=poll, by=None)


def test_votes_in_a_group_lose_their_names_after_the_term_and_keep_their_choice():
    chosen, other = SubgroupFactory(), SubgroupFactory()
    voters = [member_of(chosen), member_of(other)]
    unnamed, named = closed_poll(chosen, voters[0]), closed_poll(other, voters[1])
    before = Tally.objects.get(poll=unnamed).result
    set_term(by=None, rule=retention_rule("poll-names"), days=730, subgroup=chosen)

    wipe_all(timezone.now() + LONG_AFTER)

    assert not unnamed.electors.filter(member__isnull=False).exists()
    assert unnamed.electors.filter(voted=True, answer__isnull=False).count() == 1
    assert named.electors.filter(member=voters[1], voted=True).exists()
    assert Tally.objects.get(poll=unnamed).result == before


def test_polls_of_everybody_have_a_term_of_their_own_and_what_runs_is_left_alone():
    voter = MemberFactory()
    over = closed_poll(None, voter)
    running = running_poll(None, days=1000)
    set_term(by=None, rule=retention_rule("wide-poll-names"), days=730)

    wipe_all(timezone.now() + LONG_AFTER)

    assert not over.electors.filter(member__isnull=False).exists()
    assert running.electors.filter(member=voter).exists()


def test_without_a_choice_of_the_association_names_stay():
    voter = MemberFactory()
    poll = closed_poll(None, voter)

    wipe_all(timezone.now() + LONG_AFTER)

    assert Elector.objects.get(poll=poll, member=voter).voted
