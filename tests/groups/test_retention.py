"""What is past its term is gone the next morning: from the page, the search, the files, for everybody."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from community.privacy.models import RetentionRun
from community.privacy.retention import set_term, wipe_all
from groups.conversations.models import Attachment, Conversation, Message, ReadPosition
from groups.conversations.services import chat_of, post_message, start_thread
from groups.events.models import Answer, Event
from groups.people.retention import NOWHERE
from groups.todos.models import Task
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.groups.test_attachments import photo
from theme.retention import retention_rule
from theme.uploads import take_in

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.now() - timedelta(days=days)


def said_ago(conversation, by, text, days, files=()):
    message = post_message(conversation=conversation, by=by, text=text, files=files)
    Message.objects.filter(pk=message.pk).update(created_at=ago(days))
    Conversation.objects.filter(pk=conversation.pk).update(last_at=ago(days))
    return message


def test_a_message_past_its_term_is_gone_from_page_search_and_files(client, django_capture_on_commit_callbacks):
    subgroup, other = SubgroupFactory(), SubgroupFactory()
    writer = member_of(subgroup)
    picture = take_in(SimpleUploadedFile("bon.jpg", photo(), "image/jpeg"))
    said_ago(chat_of(subgroup), writer, "zeilmakerij oud", 31, files=[picture])
    said_ago(chat_of(subgroup), writer, "zeilmakerij jong", 29)
    said_ago(chat_of(other), member_of(other), "elders", 31)
    file = Attachment.objects.get()
    address, stored = reverse("attachment", args=[file.pk]), file.file.path
    client.force_login(writer)
    assert client.get(address).status_code == 200
    set_term(by=None, rule=retention_rule("chat"), days=30, subgroup=subgroup)

    with django_capture_on_commit_callbacks(execute=True):
        wipe_all()

    chat = client.get(reverse("chat", args=[subgroup.slug])).content.decode()
    found = client.get(reverse("search"), {"q": "zeilmakerij"}).content.decode()
    assert "zeilmakerij oud" not in chat + found
    assert "zeilmakerij jong" in chat
    assert client.get(address).status_code == 404
    assert not settings.MEDIA_ROOT.joinpath(stored).exists()
    assert chat_of(other).messages.count() == 1
    assert RetentionRun.objects.get(rule="chat").wiped == 1


def test_nobody_has_unread_messages_that_are_no_longer_there(client):
    subgroup = SubgroupFactory()
    reader, chat = member_of(subgroup), chat_of(subgroup)
    for _ in range(3):
        said_ago(chat, member_of(subgroup), "oud", 40)
    ReadPosition.objects.create(conversation=chat, member=reader, number=1)
    set_term(by=None, rule=retention_rule("chat"), days=30)

    wipe_all()

    assert ReadPosition.objects.get(member=reader).number == 3


def test_a_discussion_goes_whole_and_a_pinned_one_stays():
    subgroup = SubgroupFactory()
    author = member_of(subgroup)
    for title in ("weg", "blijft"):
        thread = start_thread(subgroup=subgroup, by=author, title=title, text="begin")
        Conversation.objects.filter(pk=thread.pk).update(last_at=ago(800))
    Conversation.objects.filter(title="blijft").update(pinned_at=ago(1))
    set_term(by=None, rule=retention_rule("discussions"), days=730)

    wipe_all()

    assert list(Conversation.objects.filter(kind="thread").values_list("title", flat=True)) == ["blijft"]


def test_where_a_session_came_from_is_forgotten_after_a_fortnight():
    member = MemberFactory()
    for days, key in ((15, "a"), (13, "b")):
        session = UserSession.objects.create(user=member, session_key=key, ip="192.0.2.7", user_agent="Firefox")
        UserSession.objects.filter(pk=session.pk).update(created_at=ago(days))

    wipe_all()

    kept = dict(UserSession.objects.values_list("session_key", "ip"))
    assert kept == {"a": NOWHERE, "b": "192.0.2.7"}


def test_a_remark_at_an_event_goes_before_the_answer_itself():
    member = MemberFactory()
    event = Event.objects.create(title="Eten", starts_at=ago(41), ends_at=ago(40), created_by=member, code="123456")
    Answer.objects.create(event=event, member=member, choice="yes", remark="noten")

    wipe_all()

    assert list(Answer.objects.values_list("choice", "remark")) == [("yes", "")]


def test_a_task_that_was_done_a_year_ago_goes_and_an_open_one_stays():
    member = MemberFactory()
    Task.objects.create(title="Oud", made_by=member, done_at=ago(366), done_by=member)
    Task.objects.create(title="Open", made_by=member)

    wipe_all()

    assert list(Task.objects.values_list("title", flat=True)) == ["Open"]
