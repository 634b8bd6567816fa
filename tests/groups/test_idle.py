"""A session that lay idle asks for proof before it shows anything, and goes on where it was."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from community.asgi import application
from groups.people.idle import ACTIVE_KEY
from groups.people.models import AssociationRole, AuditEntry, Member, SafetyRules
from groups.people.safety import change_safety_rules, charges, idle_seconds, needs_second_factor, safety_rules
from groups.subgroups.models import SubgroupRole
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"
DOOR = reverse("account_reauthenticate")


@pytest.fixture
def clock(time_machine):
    """Moves on by minutes from noon."""
    time_machine.move_to("2026-11-18T12:00:00+01:00", tick=False)
    return lambda minutes: time_machine.shift(minutes * 60)


@pytest.fixture
def member(clock):
    member = MemberFactory(first_name="Kees", language="nl", idle_minutes=15)
    member.set_password(PASSWORD)
    member.save()
    return member


@pytest.fixture
def browser(member):
    browser = Client()
    log_in_freshly(browser, member)
    browser.get(reverse("agenda"))
    return browser


def test_after_the_time_every_page_asks_for_proof_and_then_comes_back(browser, clock):
    clock(16)

    asked = browser.get("/agenda/?month=2026-12")
    assert asked["Location"] == f"{DOOR}?next=%2Fagenda%2F%3Fmonth%3D2026-12"
    back = browser.post(DOOR, {"password": PASSWORD, "next": "/agenda/?month=2026-12"})

    assert back["Location"] == "/agenda/?month=2026-12"
    assert browser.get("/agenda/").status_code == 200


def test_a_wrong_password_opens_nothing(browser, clock):
    clock(16)

    browser.post(DOOR, {"password": "mis", "next": "/agenda/"})

    assert browser.get("/agenda/").status_code == 302


def test_the_door_shows_nothing_of_the_house(browser, member, clock):
    subgroup = SubgroupFactory(name="Geheime club")
    from groups.subgroups.services import add_member

    add_member(subgroup=subgroup, member=member)
    assert "Geheime club" in browser.get(reverse("agenda")).content.decode()
    clock(16)

    page = browser.get(DOOR).content.decode()

    assert "Geheime club" not in page
    assert 'data-member="' not in page
    assert "password" in page


PAGES = ["home", "privacy", "usersessions_list", "mfa_index", "account_email", "polls", "own-profile"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_left_out(browser, clock, name):
    clock(16)

    assert browser.get(reverse(name))["Location"].startswith(DOOR)


def test_a_tap_in_time_keeps_it_open(browser, clock):
    for _ in range(4):
        clock(10)
        assert browser.get(reverse("agenda")).status_code == 200
    clock(16)
    assert browser.get(reverse("agenda")).status_code == 302


def test_what_an_open_page_fetches_by_itself_is_no_tap(browser, clock):
    clock(10)
    assert browser.get(reverse("agenda"), headers={"HX-Request": "true"}).status_code == 200
    assert browser.get(reverse("agenda"), headers={"Sec-Fetch-Mode": "cors"}).status_code == 200
    clock(6)

    assert browser.get(reverse("agenda")).status_code == 302


SENT = reverse("sent-while-locked")


def test_what_was_sent_is_shown_after_the_proof_and_goes_when_its_member_says_so(browser, member, clock):
    clock(16)

    asked = browser.post(
        reverse("idle-choice"),
        {"idle_minutes": "60", "note": "a <b>\nc", "old_password": "geheim", "passphrase": "geheim"},
    )
    proved = browser.post(DOOR, {"password": PASSWORD, "next": SENT})
    member.refresh_from_db()
    assert (asked["Location"], proved["Location"]) == (f"{DOOR}?next=%2Faccount%2Fsent%2F", SENT)
    assert member.idle_minutes == 15

    page = browser.get(SENT).content.decode()
    assert '<input type="hidden" name="idle_minutes" value="60">' in page
    assert "<dt>note</dt><dd><bdi>a &lt;b&gt;<br>c</bdi></dd>" in page
    assert "geheim" not in page and "geheim" not in str(dict(browser.session))
    assert f'<form method="post" action="{reverse("idle-choice")}">' in page

    browser.post(reverse("idle-choice"), {"idle_minutes": "60"})
    member.refresh_from_db()
    assert member.idle_minutes == 60
    assert browser.get(SENT)["Location"] == reverse("home")


def test_what_somebody_else_sent_at_the_open_device_is_thrown_away(browser, member, clock):
    clock(16)
    browser.post(reverse("idle-choice"), {"idle_minutes": "480"})
    browser.post(DOOR, {"password": PASSWORD, "next": SENT})

    browser.post(SENT)

    member.refresh_from_db()
    assert member.idle_minutes == 15
    assert browser.get(SENT)["Location"] == reverse("home")


def test_what_was_sent_is_not_shown_before_the_proof(browser, clock):
    clock(16)
    browser.post(reverse("idle-choice"), {"idle_minutes": "480"})

    assert browser.get(SENT)["Location"].startswith(DOOR)


def test_a_flood_is_not_kept(browser, clock):
    clock(16)

    asked = browser.post(reverse("idle-choice"), {"idle_minutes": "x" * 200_001})

    assert asked["Location"] == f"{DOOR}?next=%2F"
    assert "sent_while_locked" not in browser.session


def test_a_part_of_a_page_sends_the_whole_page_to_the_door_and_is_not_taken_for_done(browser, clock):
    clock(16)
    page = {"HX-Request": "true", "HX-Current-URL": "http://testserver/agenda/?month=2026-12"}

    answer = browser.post(reverse("settings"), {"part": "language", "language": "en"}, headers=page)

    assert answer.status_code == 403
    assert answer["HX-Redirect"] == f"{DOOR}?next=%2Fagenda%2F"


def test_logging_out_needs_no_proof(browser, clock):
    clock(16)

    assert browser.post(reverse("account_logout"))["Location"] == reverse("account_login")


def test_without_a_password_it_is_a_code_by_mail(clock):
    member = MemberFactory(idle_minutes=15)
    member.set_unusable_password()
    member.save()
    browser = Client()
    log_in_freshly(browser, member)
    browser.get(reverse("agenda"))
    clock(16)

    assert browser.get(reverse("agenda"))["Location"].startswith(reverse("prove-by-code"))


def test_who_chose_never_is_not_asked(browser, member, clock):
    Member.objects.filter(pk=member.pk).update(idle_minutes=0)
    clock(60 * 24 * 6)

    assert browser.get(reverse("agenda")).status_code == 200


def test_the_choice_stands_with_the_sessions(browser, member):
    page = browser.get(reverse("usersessions_list")).content.decode()

    assert re.search(r'name="idle_minutes"[^>]*value="15"[^>]*checked', page)
    browser.post(reverse("idle-choice"), {"idle_minutes": "480"})
    member.refresh_from_db()
    assert member.idle_minutes == 480
    browser.post(reverse("idle-choice"), {"idle_minutes": "7"})
    member.refresh_from_db()
    assert member.idle_minutes == 480


@pytest.mark.parametrize(
    ("role", "minutes"),
    [
        (AssociationRole.TREASURER, 30),
        (AssociationRole.BOARD, 30),
        (AssociationRole.COMMUNITY_MANAGER, 30),
        (AssociationRole.PRIVACY_OFFICER, None),
    ],
)
def test_a_role_sets_a_bound_to_the_own_choice(role, minutes):
    member = member_with(role, idle_minutes=0)

    assert idle_seconds(member) == (minutes and minutes * 60)
    shorter = member_with(role, idle_minutes=15)
    assert idle_seconds(shorter) == 15 * 60


def test_geldchefs_and_deputies_are_bound_while_they_hold_money():
    chef = member_of(SubgroupFactory(), SubgroupRole.GELDCHEF, idle_minutes=0)
    pot, _chef, requests = asked_pot()
    deputy = Member.objects.get(pk=requests[0].party.member_id)
    Member.objects.update(idle_minutes=0)
    pot.roles.create(member=deputy, label="x", role="co_chef", granted_by_label="x")

    for person in (chef, deputy):
        fresh = Member.objects.get(pk=person.pk)
        assert charges(fresh) == {"geldchef"}
        assert idle_seconds(fresh) == 30 * 60
    pot.roles.filter(member=deputy).update(ended_at=timezone.now())
    assert idle_seconds(Member.objects.get(pk=deputy.pk)) is None


def test_the_association_asks_geldchefs_for_a_second_step(client, settings):
    settings.REQUIRE_MFA = True
    chef = member_of(SubgroupFactory(), SubgroupRole.GELDCHEF)
    client.force_login(chef)
    assert client.get(reverse("agenda")).status_code == 200

    manager = Client()
    log_in_freshly(manager, boss := member_with(AssociationRole.COMMUNITY_MANAGER))
    Authenticator.objects.create(user=boss, type=Authenticator.Type.TOTP, data={"secret": "x"})
    saved = manager.post(reverse("safety-rules"), {"second_factor_for": ["geldchef"], "idle_minutes": 20})

    assert saved["Location"] == reverse("safety-rules")
    assert safety_rules().idle_minutes == 30  # until the transaction is through, the cache still speaks
    from django.core.cache import cache

    cache.clear()
    assert client.get(reverse("agenda"))["Location"] == reverse("mfa_index")
    assert safety_rules().idle_minutes == 20
    changed = AuditEntry.objects.get(act="safety.changed").details["changed"]
    assert changed == {"second_factor_for": [[], ["geldchef"]], "idle_minutes": [30, 20]}


def test_the_fixed_roles_cannot_be_let_off():
    change_safety_rules(by=None, second_factor_for=[], idle_minutes=30)

    assert needs_second_factor(member_with(AssociationRole.TREASURER))


@pytest.mark.parametrize("values", [{"idle_minutes": 4}, {"idle_minutes": 481}, {"second_factor_for": ["koning"]}])
def test_nonsense_is_refused_and_stays_on_the_form(values):
    browser = Client()
    log_in_freshly(browser, member_with(AssociationRole.COMMUNITY_MANAGER))

    answer = browser.post(reverse("safety-rules"), {"second_factor_for": [], "idle_minutes": 30, **values})

    assert answer.status_code == 422
    assert not SafetyRules.objects.exists()


def test_only_who_gives_roles_sets_the_rules(client):
    client.force_login(member_with(AssociationRole.BOARD))

    assert client.get(reverse("safety-rules")).status_code == 403


def test_the_database_holds_one_row_within_its_bounds():
    for wrong in ({"pk": 2}, {"pk": 1, "idle_minutes": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SafetyRules.objects.create(**wrong)


@given(own=st.sampled_from(Member.Idle.values), bound=st.integers(5, 480), is_bound=st.booleans())
@hypothesis_settings(max_examples=40, deadline=None)
def test_a_role_never_makes_it_longer(own, bound, is_bound):
    with transaction.atomic():
        from django.core.cache import cache

        cache.clear()
        SafetyRules.objects.create(pk=1, idle_minutes=bound)
        member = (
            member_with(AssociationRole.TREASURER, idle_minutes=own) if is_bound else MemberFactory(idle_minutes=own)
        )
        term = idle_seconds(member)

        assert term is None or term <= (own * 60 or term)
        assert not is_bound or term <= bound * 60
        transaction.set_rollback(True)


def page_of(member, active_seconds_ago: float):
    import time

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(member.pk), member.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[ACTIVE_KEY] = time.time() - active_seconds_ago
    session.save()
    cookie = f"{django_settings.SESSION_COOKIE_NAME}={session.session_key}".encode()
    headers = [(b"origin", b"http://localhost"), (b"host", b"localhost"), (b"cookie", cookie)]
    return WebsocketCommunicator(application, "/live/", headers=headers)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("ago", "greeted"), [(15 * 60 - 0.5, True), (16 * 60, False)])
def test_the_socket_closes_when_the_session_locks_and_does_not_open_after(ago, greeted):
    page = page_of(MemberFactory(idle_minutes=15), ago)

    @async_to_sync
    async def story():
        await page.connect()
        first = await page.receive_output(timeout=3)
        if greeted:
            assert json.loads(first["text"])["kind"] == "ready"
            first = await page.receive_output(timeout=3)
        return first["code"]

    assert story() == 4003
