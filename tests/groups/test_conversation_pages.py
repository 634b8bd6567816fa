import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from groups.conversations.models import Conversation, Message, ReadPosition
from groups.conversations.services import chat_of, post_message, read_up_to, remove_message, start_thread
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership, switch_right
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_talk import said
from tests.notifications.test_live import connected, in_thread, open_page

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true", "HX-Target": "messages"}


@pytest.fixture
def subgroup():
    return SubgroupFactory()


def chat_url(subgroup):
    return reverse("chat", args=[subgroup.slug])


def test_posting_without_javascript_leads_to_the_message(client, subgroup):
    member = member_of(subgroup)
    client.force_login(member)

    answer = client.post(chat_url(subgroup), {"text": "Wie neemt de lampen mee?"}, follow=True)

    message = Message.objects.get()
    assert answer.redirect_chain[-1][0] == f"{chat_url(subgroup)}?om=1#message-{message.pk}"
    assert "Wie neemt de lampen mee?" in answer.content.decode()


def test_posting_from_an_open_page_gives_the_message_back(client, subgroup):
    client.force_login(member_of(subgroup))

    answer = client.post(chat_url(subgroup), {"text": "Ik heb er twee"}, headers=FRAGMENT)

    assert answer.status_code == 200
    assert 'data-number="1"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("text", ["", "a" * 100_000])
def test_a_refused_message_keeps_what_was_typed(client, subgroup, text):
    client.force_login(member_of(subgroup))

    answer = client.post(chat_url(subgroup), {"text": text})

    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Message.objects.exists()


def test_the_eleventh_post_is_refused_on_the_page_with_the_text_kept(client, subgroup):
    client.force_login(member_of(subgroup))
    for number in range(10):
        client.post(chat_url(subgroup), {"text": f"bericht {number}"})

    answer = client.post(chat_url(subgroup), {"text": "de elfde"})

    assert answer.status_code == 422
    assert "de elfde" in answer.content.decode()
    assert Message.objects.count() == 10


def test_who_may_not_post_sees_no_composer_and_is_refused(client, subgroup):
    switch_right(subgroup=subgroup, role=SubgroupRole.MEMBER, right="post_chat", on=False)
    client.force_login(member_of(subgroup))

    assert "<textarea" not in client.get(chat_url(subgroup)).content.decode()
    assert client.post(chat_url(subgroup), {"text": "toch"}).status_code == 403


def test_starting_a_discussion_leads_into_it(client, subgroup):
    client.force_login(member_of(subgroup))

    answer = client.post(reverse("new-thread", args=[subgroup.slug]), {"title": "Bootwagen", "text": "Wie rijdt?"})

    thread = Conversation.objects.get(kind="thread")
    assert answer["Location"] == thread.get_absolute_url()
    assert [message.text for message in thread.messages.all()] == ["Wie rijdt?"]


@pytest.mark.parametrize("empty", ["title", "text"])
def test_a_discussion_needs_a_subject_and_words(client, subgroup, empty):
    client.force_login(member_of(subgroup))
    typed = {"title": "Bootwagen", "text": "Wie rijdt?", empty: " "}

    answer = client.post(reverse("new-thread", args=[subgroup.slug]), typed)

    assert answer.status_code == 422
    assert not Conversation.objects.filter(kind="thread").exists()


@pytest.mark.parametrize("page", ["chat", "thread", "threads"])
def test_pages_cost_the_same_however_much_is_said(client, subgroup, page, django_assert_max_num_queries):
    reader = member_of(subgroup)
    client.force_login(reader)
    thread = start_thread(subgroup=subgroup, by=member_of(subgroup), title="Eerste", text="hallo")
    urls = {"chat": chat_url(subgroup), "thread": thread.get_absolute_url()}
    url = urls.get(page) or reverse("threads", args=[subgroup.slug])
    counts = []
    for amount in (1, 1, 4):
        for number in range(amount):
            writer = member_of(subgroup)
            said(chat_of(subgroup), writer, "dag", "en dag")
            post_message(conversation=thread, by=writer, text=f"@{reader.display_name} kom je ook")
            start_thread(subgroup=subgroup, by=writer, title=f"Gesprek {number}", text="hallo")
        with django_assert_max_num_queries(60) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))

    assert counts[2] == counts[1]


def test_the_page_tells_how_far_it_was_seen(client, subgroup):
    reader, writer = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    said(chat, writer, "een", "twee", "drie")
    client.force_login(reader)

    answer = client.post(reverse("conversation-read", args=[chat.pk]), {"number": "2"}, headers=FRAGMENT)

    assert answer.json() == {"number": 2, "unread": 1}
    assert ReadPosition.objects.get(member=reader).number == 2


def test_opening_a_page_by_itself_reads_nothing(client, subgroup):
    reader, writer = member_of(subgroup), member_of(subgroup)
    said(chat_of(subgroup), writer, "een")
    client.force_login(reader)

    client.get(chat_url(subgroup))

    assert not ReadPosition.objects.filter(member=reader).exists()


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, ""])
def test_a_broken_number_does_no_harm(client, subgroup, number):
    client.force_login(member_of(subgroup))
    chat = chat_of(subgroup)

    assert client.get(chat_url(subgroup), {"om": number, "before": number, "from": number}).status_code == 200
    assert client.get(reverse("conversation-after", args=[chat.pk]), {"after": number}).status_code == 200
    assert client.post(reverse("conversation-read", args=[chat.pk]), {"number": number}).status_code == 302


def test_a_quote_shows_above_the_answer_and_not_after_removal(client, subgroup):
    asker, answerer = member_of(subgroup), member_of(subgroup)
    asked = post_message(conversation=chat_of(subgroup), by=asker, text="Wie heeft de sleutel?")
    client.force_login(answerer)
    client.post(chat_url(subgroup), {"text": "Ik.", "quote": "1"})

    assert client.get(chat_url(subgroup)).content.decode().count("Wie heeft de sleutel?") == 2
    remove_message(message=asked, by=asker)
    assert "Wie heeft de sleutel?" not in client.get(chat_url(subgroup)).content.decode()


def test_another_members_message_cannot_be_edited_or_removed(client, subgroup):
    message = post_message(conversation=chat_of(subgroup), by=member_of(subgroup), text="van mij")
    client.force_login(member_of(subgroup))

    assert client.post(reverse("message-edit", args=[message.pk]), {"text": "x"}).status_code == 403
    assert client.post(reverse("message-remove", args=[message.pk])).status_code == 403
    assert Message.objects.get().text == "van mij"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_message_reaches_the_other_open_page_and_a_dropped_page_catches_up():
    subgroup = SubgroupFactory()
    writer, reader = member_of(subgroup), member_of(subgroup)
    chat = chat_of(subgroup)
    writing, reading = Client(), Client()
    writing.force_login(writer)
    reading.force_login(reader)
    first, second = open_page(reader), open_page(reader)

    def post(text):
        return writing.post(chat_url(subgroup), {"text": text}).status_code

    def missed(after):
        return reading.get(reverse("conversation-after", args=[chat.pk]), {"after": after}).content.decode()

    @async_to_sync
    async def story():
        page = await connected(first)
        await in_thread(post)("eerste")
        heard = await page.receive_json_from(timeout=2)
        assert (heard["kind"], heard["fact"]["number"]) == (f"message.{chat.pk}", 1)
        assert "eerste" in heard["fact"]["html"]
        await page.disconnect()

        await in_thread(post)("tijdens de storing")
        await in_thread(post)("en nog een")

        page = await connected(second)
        html = await in_thread(missed)(1)
        assert [html.count(text) for text in ("eerste", "tijdens de storing", "en nog een")] == [0, 1, 1]
        await page.disconnect()

    story()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_is_removed_hears_no_more_messages():
    subgroup = SubgroupFactory()
    writer, leaver = member_of(subgroup), member_of(subgroup)
    chat, page = chat_of(subgroup), open_page(leaver)

    @async_to_sync
    async def story():
        await connected(page)
        await in_thread(end_membership)(subgroup=subgroup, member=leaver)
        await in_thread(post_message)(conversation=chat, by=writer, text="onder ons")
        while not await page.receive_nothing(timeout=0.5):
            assert "onder ons" not in str(await page.receive_json_from())
        await page.disconnect()

    story()


def test_a_live_message_says_nothing_about_its_reader(subgroup):
    from groups.conversations.streams import fragment

    writer = member_of(subgroup)
    message = post_message(conversation=chat_of(subgroup), by=writer, text="voor iedereen")

    assert "is-own" not in fragment(message)


def test_an_outsider_reads_nothing(client, subgroup):
    chat = chat_of(subgroup)
    said(chat, member_of(subgroup), "besloten")
    client.force_login(MemberFactory())

    assert client.get(chat_url(subgroup)).status_code == 404
    assert client.post(chat_url(subgroup), {"text": "x"}).status_code == 404
    assert client.get(reverse("conversation-after", args=[chat.pk])).status_code == 404


def test_the_tab_counts_what_is_unread(client, subgroup):
    reader, writer = member_of(subgroup), member_of(subgroup)
    said(chat_of(subgroup), writer, *"abcdefg")
    client.force_login(reader)

    page = client.get(reverse("threads", args=[subgroup.slug]))

    assert [(tab.module, tab.badge) for tab in page.context["frame"].tabs][:2] == [("chat", 7), ("threads", 0)]
    read_up_to(conversation=chat_of(subgroup), member=reader, number=7)
    page = client.get(reverse("threads", args=[subgroup.slug]))
    assert page.context["frame"].tabs[0].badge == 0
