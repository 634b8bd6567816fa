"""What happens with a result is said to voters, or it is noted that nothing follows (PS-14)."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups.people.models import AuditEntry
from notifications.models import Notice
from polls.access import polls_without_outcome
from polls.errors import NotYetCounted
from polls.models import Outcome
from polls.services import close_poll, let_rest, state_outcome
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import running_poll, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted():
    subgroup = SubgroupFactory()
    maker, voter = member_of(subgroup), member_of(subgroup)
    poll = running_poll(subgroup, by=maker)
    vote(poll, voter, choice=1)
    return close_poll(poll=poll, by=maker), maker, voter


def told():
    return Notice.objects.filter(kind="poll.outcome").count()


def test_nothing_follows_takes_it_off_the_list_and_tells_nobody(client, counted):
    poll, maker, voter = counted
    assert list(polls_without_outcome(maker)) == [poll]
    client.force_login(maker)
    assert reverse("poll-rest", args=[poll.pk]) in client.get(reverse("poll-figures", args=[poll.pk])).content.decode()

    for _twice in range(2):
        client.post(reverse("poll-rest", args=[poll.pk]), {"text": "wat er al stond"})

    assert (list(polls_without_outcome(maker)), told()) == ([], 0)
    assert AuditEntry.objects.filter(act="poll.let_rest").count() == 1
    page = client.get(reverse("poll-figures", args=[poll.pk])).content.decode()
    assert reverse("poll-rest", args=[poll.pk]) not in page
    client.force_login(voter)
    assert "Uit deze uitslag volgt niets." in client.get(poll.get_absolute_url()).content.decode()
    assert client.post(reverse("poll-rest", args=[poll.pk])).status_code == 403


def test_an_outcome_can_still_be_stated_and_is_then_told_once(counted):
    poll, maker, _voter = counted
    let_rest(poll=poll, by=maker)

    state_outcome(poll=poll, by=maker, text="We gaan toch kamperen.")
    state_outcome(poll=poll, by=maker, text="We gaan toch kamperen, in juni.")
    let_rest(poll=poll, by=maker)

    outcome = Outcome.objects.get()
    assert (outcome.text, outcome.nothing_follows) == ("We gaan toch kamperen, in juni.", False)
    assert told() == 2  # both members of the group, once each


def test_a_poll_that_is_not_counted_does_not_rest():
    subgroup = SubgroupFactory()
    maker = member_of(subgroup)
    with pytest.raises(NotYetCounted):
        let_rest(poll=running_poll(subgroup), by=maker)


@pytest.mark.parametrize("said", [{"text": ""}, {"text": "Iets", "nothing_follows": True}])
def test_the_database_knows_either_words_or_nothing(counted, said):
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(poll=counted[0], **said)
