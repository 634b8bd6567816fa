"""What was sent while a session was locked waits for the proof, and passes no other gate by waiting."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.people.looking_along import HELPING
from groups.people.models import AssociationRole, AuditEntry, Guardianship
from groups.people.services import grant_role
from groups.people.services.support import grant_support
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

pytestmark = pytest.mark.django_db
PASSWORD = "een-lang-wachtwoord"
DOOR = reverse("account_reauthenticate")
CHOICE = reverse("idle-choice")


@pytest.fixture
def clock(time_machine):
    """Moves on by minutes from noon."""
    time_machine.move_to("2026-11-18T12:00:00+01:00", tick=False)
    return lambda minutes: time_machine.shift(minutes * 60)


def with_password(member):
    member.set_password(PASSWORD)
    member.save()
    return member


def at_home(member, **options):
    browser = Client(**options)
    log_in_freshly(browser, member)
    browser.get(reverse("agenda"))
    return browser


def prove(browser, back, **sent):
    return browser.post(DOOR, {"password": PASSWORD, "next": back, **sent})


def test_a_form_from_elsewhere_is_not_kept_for_after_the_proof(clock):
    member = with_password(MemberFactory(idle_minutes=15))
    browser = at_home(member, enforce_csrf_checks=True)
    clock(16)

    forged = browser.post(CHOICE, {"idle_minutes": "480"})
    browser.get(f"{DOOR}?next={CHOICE}")
    assert "sent_while_locked" not in browser.session
    prove(browser, CHOICE, csrfmiddlewaretoken=browser.cookies["csrftoken"].value)

    member.refresh_from_db()
    assert forged.status_code == 403
    assert member.idle_minutes == 15


def test_waiting_for_proof_is_no_way_around_the_second_step(clock, settings):
    member = with_password(MemberFactory(idle_minutes=15))
    browser = at_home(member)
    settings.REQUIRE_MFA = True
    grant_role(member=member, role=AssociationRole.BOARD, by=None)
    clock(31)

    asked = browser.post(CHOICE, {"idle_minutes": "480"})
    prove(browser, CHOICE)

    member.refresh_from_db()
    assert asked["Location"] == reverse("mfa_index")
    assert member.idle_minutes == 15


def test_a_lock_ends_looking_along_and_keeps_nothing_that_was_sent_in_it(clock):
    group = SubgroupFactory()
    member = member_of(group)
    helper = with_password(member_with(AssociationRole.COMMUNITY_MANAGER, idle_minutes=15))
    access = grant_support(member=member, helper=helper, minutes=120, with_direct=False)
    browser = at_home(helper)
    browser.post(reverse("start-looking-along", args=[access.pk]))
    clock(16)

    browser.post(CHOICE, {"idle_minutes": "480"})
    assert browser.get(DOOR).status_code == 200  # the helper can prove it
    prove(browser, CHOICE)

    helper.refresh_from_db()
    assert helper.idle_minutes == 15
    assert HELPING not in browser.session
    assert browser.get(reverse("home")).context["theme"].member == helper
    assert AuditEntry.objects.filter(act="support.opened").exists()


def test_a_setting_put_back_while_locked_is_judged_by_its_own_address(clock):
    helper = with_password(member_with(AssociationRole.COMMUNITY_MANAGER, idle_minutes=15))
    browser = at_home(helper)
    way = reverse("put-setting-back", args=["house", "1", 1])
    clock(16)

    browser.post(way)
    prove(browser, way)

    assert browser.post(way).status_code == 404


def test_acting_for_a_child_keeps_the_bound_of_the_guardians_role(clock):
    guardian = with_password(member_with(AssociationRole.TREASURER))
    child = MemberFactory(idle_minutes=10_080)
    Guardianship.objects.create(guardian=guardian, child=child, starts_on=timezone.localdate())
    browser = at_home(guardian)
    browser.post(reverse("act-for", args=[child.pk]))
    assert browser.get(reverse("home")).context["theme"].member == child
    clock(31)

    browser.post(reverse("act-as-myself"))

    assert browser.get(reverse("agenda")).status_code == 302
    assert browser.session["_auth_user_id"] == str(child.pk)


def test_a_locked_session_keeps_no_pages_on_the_device():
    worker = Client().get(reverse("service_worker")).content.decode()
    pattern = re.search(r"const door = /(.+)/;", worker)[1].replace("\\/", "/")

    for name in ("account_login", "account_logout", "account_reauthenticate", "mfa_reauthenticate", "prove-by-code"):
        assert re.match(pattern, reverse(name))
    assert re.match(pattern, "/account/2fa/webauthn/reauthenticate/")
    assert not re.match(pattern, "/groups/")
