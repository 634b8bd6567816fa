"""Help by looking along: only with the member's leave, only looking, and everything is noted (AD-06)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from groups.conversations.access import visible_messages
from groups.conversations.direct import start_direct
from groups.conversations.models import Message
from groups.conversations.services import chat_of, post_message
from groups.conversations.telling import tell_about
from groups.people.errors import CannotHelp, SupportOver
from groups.people.looking_along import HELPING, OPEN, OPEN_WITH_LEAVE
from groups.people.models import AssociationRole, AuditEntry, Look, SupportAccess
from groups.people.services import grant_role
from groups.people.services.support import end_support, end_what_is_over, grant_support, open_support
from notifications.models import Notice
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import picture_bytes

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return SubgroupFactory(name="Dinsdagploeg", is_hidden=True)


@pytest.fixture
def member(group):
    return member_of(group, first_name="Anneke")


@pytest.fixture
def helper():
    return member_with(AssociationRole.COMMUNITY_MANAGER, first_name="Bea")


@pytest.fixture
def looking(client, member, helper):
    """A browser of the helper that sees the house as the member does."""
    access = grant_support(member=member, helper=helper, minutes=30, with_direct=False)
    log_in_freshly(client, helper)
    client.post(reverse("start-looking-along", args=[access.pk]))
    client.access = access
    return client


def test_the_helper_sees_what_the_member_sees_and_a_banner(looking, member, helper):
    page = looking.get(reverse("home"))

    assert page.status_code == 200
    assert page.context["theme"].member == member
    text = page.content.decode()
    assert reverse("stop-looking-along") in text and "Anneke" in text
    assert "theme/live.js" not in text
    assert looking.session["_auth_user_id"] == str(helper.pk)


def test_the_helpers_browser_keeps_no_page_of_the_member(looking, member):
    header = "Not-To-Keep"
    worker = looking.get(reverse("service_worker")).content.decode()

    assert looking.get(reverse("home"))[header]
    end_support(access=looking.access, by=member)
    looking.get(reverse("home"))
    assert not looking.get(reverse("home")).has_header(header)
    assert f'answer.headers.has("{header}")' in worker


def test_nor_a_picture(looking, member, group):
    member.photo.save("gezicht.webp", ContentFile(picture_bytes()))

    photo = looking.get(reverse("portrait", args=[member.pk]))
    photo.getvalue()

    assert (photo.status_code, photo["Cache-Control"]) == (200, "private, no-store")
    assert "public" in looking.get(reverse("manifest"))["Cache-Control"]


def test_the_helper_only_looks(looking, group, member):
    chat = reverse("chat", args=[group.slug])

    answers = [looking.get(chat), looking.post(chat, {"text": "Ik ben het niet"}), looking.delete(chat)]

    assert [answer.status_code for answer in answers] == [200, 403, 403]
    assert not Message.objects.exists()


def test_the_helper_is_given_nothing_to_type_in(looking, group, member):
    page = looking.get(reverse("chat", args=[group.slug])).content.decode()

    looking.logout()
    log_in_freshly(looking, member)
    own = looking.get(reverse("chat", args=[group.slug])).content.decode()
    assert 'id="composer"' not in page
    assert 'id="composer"' in own


def test_looking_leaves_nothing_behind_not_even_that_something_was_read(looking, member):
    notice = Notice.objects.get(member=member, kind="support_opened")

    looking.get(reverse("home"))
    looking.get(reverse("open-notice", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.read_at is None
    assert not hasattr(member, "visit")


CLOSED = ["settings", "own-profile", "privacy", "privacy-who", "desk", "direct-inbox", "mfa_index", "usersessions_list"]
CLOSED += ["account_email", "setting-histories", "support", "support-desk", "calendar-feed", "polls", "meetings"]
CLOSED += ["own-mandate", "own-deliveries", "own-status", "counter-desk", "agreement-desk", "umbrella", "groups-file"]


@pytest.mark.parametrize("name", CLOSED)
def test_settings_ballots_desks_and_private_messages_stay_closed(looking, name):
    assert looking.get(reverse(name)).status_code == 403


def test_the_desk_ballots_and_claims_of_a_group_stay_closed(looking, group, member):
    names = ["desk-requests", "desk-invitations", "desk-members", "desk-settings", "desk-rights", "clear-subgroup"]
    names += ["subgroup-polls", "subgroup-future", "emergency-text"]

    answers = [looking.get(reverse(name, args=[group.slug])).status_code for name in names]
    answers += [looking.get(reverse(name, args=[1])).status_code for name in ("expenses", "expense", "service-request")]
    answers += [looking.get(reverse(name, args=[member.pk])).status_code for name in ("barrier", "expel-member")]

    assert set(answers) == {403}


def test_what_is_open_is_named_and_exists():
    def names(patterns):
        for entry in patterns:
            if not getattr(entry, "namespace", None):  # a name in a space of its own is another name
                yield from names(entry.url_patterns) if hasattr(entry, "url_patterns") else [entry.name]

    known = list(names(get_resolver().url_patterns))
    assert sorted(name for name in OPEN | OPEN_WITH_LEAVE if known.count(name) != 1) == []
    assert not OPEN & OPEN_WITH_LEAVE


@pytest.mark.parametrize("path", ["/cms/", "/%73ettings/", "/DESK/", "/account/reauthenticate/"])
def test_no_other_spelling_opens_them(looking, path):
    assert looking.get(path).status_code in (403, 404)


def test_private_messages_only_with_a_yes_to_them(client, member, helper):
    other = MemberFactory()
    conversation = start_direct(by=member, members=[other])
    post_message(conversation=conversation, by=member, text="Onder ons")
    log_in_freshly(client, helper)
    seen = []
    for with_direct in (False, True):
        access = grant_support(member=member, helper=helper, minutes=30, with_direct=with_direct)
        client.post(reverse("start-looking-along", args=[access.pk]))
        page = client.get(reverse("direct", args=[conversation.pk]))
        fragment = client.get(reverse("conversation-after", args=[conversation.pk]))
        seen.append((page.status_code, fragment.status_code))
        end_support(access=access, by=member)
        client.get(reverse("home"))

    assert seen == [(403, 404), (200, 200)]
    assert visible_messages(member).count() == 1


def test_a_name_in_a_private_message_is_told_to_the_member_alone(looking, member, group):
    other = member_of(group, first_name="Kees")
    private = start_direct(by=other, members=[member])
    for conversation, text in ((private, "Onder ons @Anneke"), (chat_of(group), "Wij @Anneke")):
        message = post_message(conversation=conversation, by=other, text=text)
        message.mentions.get_or_create(member=member)
        tell_about(message.pk)
    assert Notice.objects.filter(member=member, kind="mention").count() == 2

    page = looking.get(reverse("notices")).content.decode()

    assert "Onder ons" not in page
    assert "Wij" in page


def test_everything_is_in_the_log_and_under_who_looked(client, looking, member, helper):
    looking.get(reverse("agenda"))
    looking.post(reverse("stop-looking-along"))

    lines = AuditEntry.objects.filter(about=f"member:{member.pk}", act__startswith="support.").order_by("pk")
    assert [(line.act, line.actor_id) for line in lines] == [
        ("support.granted", member.pk),
        ("support.opened", helper.pk),
        ("support.page", helper.pk),
        ("support.ended", helper.pk),
    ]
    assert lines[2].details["path"] == reverse("agenda")
    assert list(Look.objects.values_list("viewed", "viewer", "where")) == [(member.pk, helper.pk, "support")]
    log_in_freshly(client, member)
    assert reverse("agenda") in client.get(reverse("support")).content.decode()
    assert "omdat je erom vroeg" in client.get(reverse("privacy-who")).content.decode()


def test_the_member_sees_a_banner_and_is_told(client, member, helper):
    access = grant_support(member=member, helper=helper, minutes=30, with_direct=False)
    log_in_freshly(client, member)
    before = client.get(reverse("home")).content.decode()
    open_support(access=access, by=helper)
    client.post(reverse("end-support"))
    after = client.get(reverse("agenda")).content.decode()

    assert "Bea" in before and reverse("end-support") in before
    assert reverse("end-support") not in after
    assert Notice.objects.filter(member=member, kind="support_opened").exists()
    assert Notice.objects.filter(member=helper, kind="support").exists()


def test_revoking_ends_the_helpers_next_request(looking, member):
    end_support(access=looking.access, by=member)

    answer = looking.get(reverse("home"))

    assert (answer.status_code, answer["Location"]) == (302, reverse("support-desk"))
    assert HELPING not in looking.session
    assert looking.get(reverse("home")).context["theme"].member != member


def test_it_ends_by_itself(looking, member):
    now = timezone.now()
    SupportAccess.objects.update(granted_at=now - timedelta(minutes=31), until=now - timedelta(minutes=1))

    looking.get(reverse("home"))
    assert HELPING not in looking.session
    assert end_what_is_over() == 1 and end_what_is_over() == 0
    assert SupportAccess.objects.get().ended_by is None


def test_who_may_more_than_the_helper_is_never_seen(looking, member, helper):
    treasurer = member_with(AssociationRole.TREASURER)
    for person in (treasurer, helper):
        with pytest.raises(CannotHelp):
            grant_support(member=person, helper=helper, minutes=30, with_direct=False)

    grant_role(member=member, role=AssociationRole.TREASURER, by=None)

    assert looking.get(reverse("home"))["Location"] == reverse("support-desk")
    assert SupportAccess.objects.get().ended_at is not None


def test_a_helper_who_lost_the_role_sees_nothing_more(looking, helper):
    yesterday = timezone.localdate() - timedelta(days=1)
    helper.role_grants.update(starts_on=yesterday, ends_on=yesterday)

    assert looking.get(reverse("home")).status_code == 302
    assert looking.get(reverse("support-desk")).status_code == 403


def test_only_the_named_helper(client, member, helper):
    access = grant_support(member=member, helper=helper, minutes=30, with_direct=False)
    other = member_with(AssociationRole.COMMUNITY_MANAGER)
    log_in_freshly(client, other)

    assert client.post(reverse("start-looking-along", args=[access.pk])).status_code == 404
    with pytest.raises(SupportOver):
        open_support(access=access, by=other)


def test_both_ends_prove_who_they_are(client, member, helper):
    access = grant_support(member=member, helper=helper, minutes=30, with_direct=False)
    asked = []
    for person, path in ((member, reverse("support")), (helper, reverse("start-looking-along", args=[access.pk]))):
        log_in_freshly(client, person, minutes_ago=30)
        asked.append("reauthenticate" in client.post(path, {"helper": helper.pk, "minutes": 30})["Location"])

    assert asked == [True, True]
    assert HELPING not in client.session


def test_the_member_asks_by_form(client, member, helper):
    log_in_freshly(client, member)

    wrong = client.post(reverse("support"), {"helper": member.pk, "minutes": 31})
    right = client.post(reverse("support"), {"helper": helper.pk, "minutes": 120, "with_direct": "on"})

    assert (wrong.status_code, right.status_code) == (422, 302)
    access = SupportAccess.objects.get()
    assert (access.helper, access.minutes, access.with_direct) == (helper, 120, True)
    assert access.until - access.granted_at == timedelta(hours=2)


@pytest.mark.parametrize("wrong", [{"minutes": 60}, {"until": timedelta(0)}, {"helper": "member"}])
def test_the_database_itself_refuses(member, helper, wrong):
    now = timezone.now()
    values = {
        "member": member,
        "helper": helper,
        "minutes": 30,
        "granted_at": now,
        "until": now + timedelta(minutes=30),
    }
    wrong = {"until": now} if "until" in wrong else {"helper": member} if "helper" in wrong else wrong

    with pytest.raises(IntegrityError), transaction.atomic():
        SupportAccess.objects.create(**values | wrong)


def test_there_is_no_other_way_to_become_somebody():
    """No package or address that logs a manager in as somebody else; a guardian acts for a child in the open."""

    def routes(patterns, prefix=""):
        for entry in patterns:
            route = prefix + str(entry.pattern)
            yield from routes(entry.url_patterns, route) if hasattr(entry, "url_patterns") else [route]

    doors = [*routes(get_resolver().url_patterns), *settings.INSTALLED_APPS, *settings.MIDDLEWARE]
    words = ("hijack", "impersonat", "loginas", "login_as", "switch", "become")
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert [door for door in doors if any(word in door.lower() for word in words)] == []
    assert [route for route in doors if "act-for" in route] == ["members/<int:member_id>/act-for/"]
    calls = {
        file.relative_to(ROOT).as_posix()
        for room in ("community", "finance", "groups", "notifications", "polls", "theme")
        for file in (ROOT / room).rglob("*.py")
        if re.search(r"(?<![\w.])(?:force_login|login)\(request", file.read_text())
    }
    assert calls == {"groups/people/views/own.py"}
