import pytest

from community.portal.demo import load_all
from groups.conversations.models import Conversation, Message
from groups.conversations.queries import unread_by_subgroup

pytestmark = pytest.mark.django_db


def test_the_demo_talks_in_every_group_without_gaps_and_never_in_the_future():
    club = load_all()

    assert Conversation.objects.filter(kind="chat").count() == len(club.subgroups)
    for conversation in Conversation.objects.all():
        numbers = list(conversation.messages.values_list("number", flat=True))
        assert numbers == list(range(1, conversation.last_number + 1))
    assert not Message.objects.filter(created_at__gt=club.now).exists()
    unread = unread_by_subgroup(club.people["anneke"])
    assert unread[club.subgroups["ploeg-dinsdagavond"].pk] == 5
