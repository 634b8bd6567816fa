"""What one may say about an announcement: nothing, to the senders, with everybody, or in the own group."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.errors import NoReplies, NotYourReply, ThreadsNeedGroups
from community.pages.models import AnnouncementPage, LinkedThread, Reply
from community.pages.queries import my_threads
from community.pages.services import change_announcement, remove_reply, reply_to_announcement
from groups.conversations.models import Conversation
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published

pytestmark = pytest.mark.django_db
MODE = AnnouncementPage.ReplyMode


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


@pytest.fixture
def two_groups():
    return [SubgroupFactory(name="Dinsdagploeg"), SubgroupFactory(name="Jeugd")]


def to_groups(time_machine, groups, mode, **fields):
    return published(time_machine, scope=Scope.GROUPS, subgroups=groups, reply_mode=mode, **fields)


def test_without_replies_there_is_no_field_and_a_post_is_refused(client, time_machine):
    member = MemberFactory()
    announcement = published(time_machine, reply_mode=MODE.NONE)
    client.force_login(member)

    page = client.get(reverse("announcement", args=[announcement.pk])).content.decode()
    answer = client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Toch iets"})

    assert "reply-title" not in page
    assert answer.status_code == 422
    assert "Toch iets" in answer.content.decode()
    with pytest.raises(NoReplies):
        reply_to_announcement(announcement=announcement, member=member, text="Toch iets")
    assert not Reply.objects.exists()


def test_one_discussion_shows_the_replies_of_all_groups_to_who_got_it(client, time_machine, two_groups):
    here, there = member_of(two_groups[0]), member_of(two_groups[1])
    announcement = to_groups(time_machine, two_groups, MODE.OPEN)
    client.force_login(here)
    client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Ik kom helpen"})

    client.force_login(there)
    page = client.get(reverse("announcement", args=[announcement.pk])).content.decode()
    client.force_login(MemberFactory())
    outside = client.get(reverse("announcement", args=[announcement.pk]))

    assert "Ik kom helpen" in page
    assert outside.status_code == 404


def test_who_left_the_group_reads_and_writes_no_more(client, time_machine, two_groups):
    leaver = member_of(two_groups[0])
    announcement = to_groups(time_machine, two_groups, MODE.OPEN)
    end_membership(subgroup=two_groups[0], member=leaver)
    client.force_login(leaver)

    assert client.get(reverse("announcement", args=[announcement.pk])).status_code == 404
    assert client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Nog iets"}).status_code == 404
    assert not Reply.objects.exists()


def test_replies_to_the_managers_are_read_by_them_and_the_writer_alone(client, time_machine):
    writer, other = MemberFactory(), MemberFactory()
    announcement = published(time_machine, reply_mode=MODE.MANAGERS)
    reply_to_announcement(announcement=announcement, member=writer, text="Onder ons")

    seen = {}
    for name, member in {"writer": writer, "other": other, "sender": announcement.owner}.items():
        client.force_login(member)
        seen[name] = "Onder ons" in client.get(reverse("announcement", args=[announcement.pk])).content.decode()

    assert seen == {"writer": True, "other": False, "sender": True}
    assert Notice.objects.filter(member=announcement.owner, kind="announcement-reply").count() == 1


def test_separate_discussions_start_once_in_each_group_and_stay_apart(client, time_machine, two_groups):
    here, there = member_of(two_groups[0]), member_of(two_groups[1])
    announcement = to_groups(time_machine, two_groups, MODE.THREADS, title="Nieuwe vlaggen")
    by = announcement.owner

    change_announcement(
        announcement=announcement, by=by, title="Nieuwe vlaggen", text="Verbeterd", scope=Scope.GROUPS,
        subgroups=two_groups, reply_mode=MODE.THREADS,
    )  # fmt: skip
    client.force_login(here)
    page = client.get(reverse("announcement", args=[announcement.pk])).content.decode()

    assert LinkedThread.objects.filter(announcement=announcement).count() == 2
    assert [thread.subgroup for thread in my_threads(here, announcement)] == [two_groups[0]]
    assert [thread.subgroup for thread in my_threads(there, announcement)] == [two_groups[1]]
    assert "Gesprek in Dinsdagploeg" in page
    assert "Jeugd" not in page
    assert not Notice.objects.filter(member=here, key__startswith="thread").exists()


def test_fifty_groups_get_their_discussion_without_being_taken_for_a_flood(time_machine):
    groups = [SubgroupFactory() for _ in range(14)]
    member_of(groups[0])

    to_groups(time_machine, groups, MODE.THREADS)

    assert Conversation.objects.filter(kind="thread").count() == 14


def test_a_group_without_discussions_gets_none(time_machine, two_groups):
    member_of(two_groups[0])
    two_groups[1].modules = ["chat"]
    two_groups[1].save()

    to_groups(time_machine, two_groups, MODE.THREADS)

    assert [link.conversation.subgroup for link in LinkedThread.objects.all()] == [two_groups[0]]


def test_separate_discussions_need_groups(client):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    client.force_login(manager)

    with pytest.raises(ThreadsNeedGroups):
        draft(by=manager, reply_mode=MODE.THREADS)
    answer = client.post(
        reverse("new-announcement"),
        {"title": "Vlaggen", "text": "Kijk", "scope": "everyone", "reply_mode": "threads"},
    )

    assert answer.status_code == 422
    assert "heeft groepen nodig" in answer.content.decode()


def test_writer_and_sender_can_remove_a_reply_and_nobody_else(client, time_machine):
    writer, other = MemberFactory(), MemberFactory()
    announcement = published(time_machine, reply_mode=MODE.OPEN)
    own, rude = (reply_to_announcement(announcement=announcement, member=writer, text=t) for t in ("Eigen", "Lelijk"))

    with pytest.raises(NotYourReply):
        remove_reply(reply=own, by=other)
    client.force_login(writer)
    client.post(reverse("delete-reply", args=[announcement.pk, own.pk]))
    client.force_login(announcement.owner)
    client.post(reverse("delete-reply", args=[announcement.pk, rude.pk]))
    client.force_login(other)
    page = client.get(reverse("announcement", args=[announcement.pk])).content.decode()

    assert list(Reply.objects.values_list("text", flat=True)) == ["", ""]
    assert set(Reply.objects.values_list("removed_by", flat=True)) == {writer.pk, announcement.owner_id}
    assert page.count("Reactie verwijderd") == 2


def test_a_private_reply_of_another_cannot_even_be_pointed_at(client, time_machine):
    writer = MemberFactory()
    announcement = published(time_machine, reply_mode=MODE.MANAGERS)
    reply = reply_to_announcement(announcement=announcement, member=writer, text="Onder ons")
    client.force_login(MemberFactory())

    assert client.post(reverse("delete-reply", args=[announcement.pk, reply.pk])).status_code == 404


@pytest.mark.parametrize("values", [{"text": ""}, {"text": "Woorden", "removed_at": timezone.now}])
def test_a_reply_says_something_or_is_gone(values, time_machine):
    announcement = published(time_machine, reply_mode=MODE.OPEN)
    values = {name: value() if callable(value) else value for name, value in values.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(announcement=announcement, member=announcement.owner, **values)


def test_a_plain_member_of_a_group_with_managers_only_posting_is_refused_everywhere(client, two_groups):
    """AC-04: the switch of the group counts for chat and discussions, whatever way the words come in."""
    from groups.conversations.models import Message
    from groups.conversations.services import chat_of, start_thread
    from groups.subgroups.services import switch_right

    subgroup = two_groups[0]
    manager, member = member_of(subgroup, SubgroupRole.MANAGER), member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=manager, title="Regels", text="Lees dit")
    for right in ("post_chat", "start_thread", "reply"):
        switch_right(subgroup=subgroup, role=SubgroupRole.MEMBER, right=right, on=False, by=manager)
    client.force_login(member)

    answers = [
        client.post(reverse("chat", args=[subgroup.slug]), {"text": "Toch"}),
        client.post(reverse("new-thread", args=[subgroup.slug]), {"title": "Toch", "text": "Toch"}),
        client.post(reverse("thread", args=[subgroup.slug, thread.pk]), {"text": "Toch"}),
    ]
    client.force_login(manager)
    allowed = client.post(reverse("chat", args=[subgroup.slug]), {"text": "Wel"})

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert not Message.objects.filter(text="Toch").exists()
    assert allowed.status_code in (200, 302)
    assert Message.objects.filter(conversation=chat_of(subgroup), text="Wel").count() == 1
