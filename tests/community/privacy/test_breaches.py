"""A lost device is signed out at once and says what it could open; a breach has 72 hours in the register (PV-13)."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from community.privacy.breaches import enter_breach, lose_device, save_breach
from community.privacy.drafts import drafts
from community.privacy.errors import BreachClosed, ReportOrReason
from community.privacy.models import Breach, DeviceLoss
from community.privacy.reach import reach_of
from groups.people.audit import record
from groups.people.models import AssociationRole, AuditEntry
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member
from notifications.models import Notice, PushSubscription
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import pot_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone) Safari"


@pytest.fixture
def group():
    return SubgroupFactory(name="Dinsdagploeg")


@pytest.fixture
def member(group):
    return member_of(group, SubgroupRole.GELDCHEF, first_name="Anneke")


@pytest.fixture
def officer():
    return member_with(AssociationRole.PRIVACY_OFFICER)


def phone_of(member):
    """A browser that is logged in as the member, and the row of its log-in."""
    phone = Client(headers={"User-Agent": PHONE})
    log_in_freshly(phone, member)
    key = phone.session.session_key
    return phone, UserSession.objects.create(user=member, session_key=key, ip="127.0.0.1", user_agent=PHONE)


def test_the_sessions_page_leads_to_the_lost_device(client, member):
    _phone, session = phone_of(member)
    log_in_freshly(client, member)

    page = client.get(reverse("usersessions_list")).content.decode()

    assert page.count(reverse("lost-device", args=[session.pk])) == 1
    assert page.count("/lost/") == 1  # not the device in the hand


def test_it_says_what_the_device_could_open(client, member, group):
    pot = pot_in(group, member)
    _phone, session = phone_of(member)
    record(by=member, act="privacy.export_asked", about=member)
    log_in_freshly(client, member)

    page = client.get(reverse("lost-device", args=[session.pk]))

    reach = page.context["reach"]
    assert [place for place, _roles in reach.groups] == [group]
    assert (reach.pots, reach.sees_money, reach.sees_register, len(reach.exports)) == ([pot], False, False, 1)
    assert "Dinsdagploeg" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "money", "register"),
    [(AssociationRole.TREASURER, True, False), (AssociationRole.COMMUNITY_MANAGER, False, True)],
)
def test_an_office_opens_more(role, money, register):
    reach = reach_of(member_with(role), timezone.now())

    assert (reach.roles, reach.sees_money, reach.sees_register) == ([role], money, register)


def test_signing_it_out_ends_the_session_and_every_push(
    client, member, officer, monkeypatch, django_capture_on_commit_callbacks
):
    closed = []
    monkeypatch.setattr("notifications.live._send", lambda group, message: closed.append(message))
    phone, session = phone_of(member)
    PushSubscription.objects.create(member=member, endpoint="https://push.example/1", public_key="x", secret="y")
    log_in_freshly(client, member)
    client.get(reverse("home"))

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("lost-device", args=[session.pk]))

    assert answer["Location"] == reverse("account_change_password")
    assert (
        phone.get(reverse("home"))["Location"].startswith(reverse("account_login"))
        or "_auth_user_id" not in phone.session
    )
    assert client.get(reverse("home")).status_code == 200
    kicks = [message["session"] for message in closed if message["type"] == "kick"]
    assert kicks == [session.session_key]
    assert not member.push_subscriptions.exists()
    loss = DeviceLoss.objects.get()
    assert (loss.member, loss.device, loss.logged_in_at) == (member, "Safari · iPhone", session.created_at)
    assert AuditEntry.objects.filter(act="device.lost", actor_id=member.pk).count() == 1
    assert Notice.objects.filter(member=officer, kind="privacy.device_lost").count() == 1


def test_the_device_of_somebody_else_does_not_exist(client, member):
    _phone, session = phone_of(member)
    log_in_freshly(client, MemberFactory())

    answers = [
        client.get(reverse("lost-device", args=[session.pk])),
        client.post(reverse("lost-device", args=[session.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert UserSession.objects.filter(pk=session.pk).exists()


def entered(officer, **fields):
    values = {"title": "Telefoon kwijt", "story": "In de trein", "discovered_at": timezone.now(), "subgroups": []}
    return enter_breach(by=officer, **{**values, "kinds": ["people.Member"], **fields})


def test_a_breach_of_a_lost_device_counts_whom_it_reached(member, group, officer):
    both, other = member_of(group), SubgroupFactory()
    add_member(subgroup=other, member=both)
    add_member(subgroup=other, member=member)
    _phone, session = phone_of(member)
    loss = lose_device(member=member, session=session)

    breach = entered(officer, loss=loss)

    assert breach.people == 2
    assert sorted(breach.by_group) == sorted([[group.pk, group.name, 2], [other.pk, other.name, 2]])
    assert breach.due_at - breach.discovered_at == timedelta(hours=72)


def test_with_the_register_on_it_everybody_is_reached(officer, group):
    member_of(group)
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    _phone, session = phone_of(manager)

    breach = entered(officer, loss=lose_device(member=manager, session=session))

    assert breach.people == 1 and breach.by_group == [[group.pk, group.name, 1]]


def test_first_texts_come_in_both_languages_whatever_the_officer_reads(officer, group):
    member_of(group)
    with translation.override("en"):
        breach = entered(officer, subgroups=[group])

    assert "In de trein" in breach.notice_nl and "In de trein" in breach.notice_en
    assert breach.notice_en.startswith("Something went wrong") and breach.notice_nl.startswith("Er is iets misgegaan")
    assert "1 person" in breach.report_en and "1 persoon" in breach.report_nl
    assert "In the group Dinsdagploeg: 1." in breach.report_en
    assert set(drafts(breach)) == {"notice_nl", "notice_en", "report_nl", "report_en"}


def test_the_officer_enters_changes_and_closes(client, officer, group):
    log_in_freshly(client, officer)
    moment = timezone.localtime(timezone.now() - timedelta(hours=70)).strftime("%Y-%m-%dT%H:%M")
    form = {
        "title": "Mail naar de verkeerde",
        "story": "Lijst verstuurd",
        "discovered_at": moment,
        "kinds": ["people.Member"],
    }
    client.post(reverse("new-breach"), {**form, "subgroups": [group.pk]})
    breach = Breach.objects.get()
    page = reverse("breach", args=[breach.pk])

    assert "nog 1 uur" in client.get(reverse("privacy-requests")).content.decode().lower() or breach.hours_left in (
        1,
        2,
    )
    refused = client.post(page, {"notice_nl": "Beste leden", "close": "1"})
    saved = client.post(page, {"notice_nl": "Beste leden", "not_reported_because": "Niemand las het", "close": "1"})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "Beste leden" in refused.content.decode()
    breach.refresh_from_db()
    assert (breach.notice_nl, breach.closed_by) == ("Beste leden", officer)
    assert "Niemand las het" in client.get(page).content.decode()
    with pytest.raises(BreachClosed):
        save_breach(by=officer, breach=breach, notice_nl="Anders")


def test_a_breach_is_closed_only_when_reported_or_with_a_reason(officer):
    breach = entered(officer)

    with pytest.raises(ReportOrReason):
        save_breach(by=officer, breach=breach, closes=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=breach.pk).update(closed_at=timezone.now())
    assert save_breach(by=officer, breach=breach, closes=True, reported_at=timezone.now()).closed_at


def test_a_moment_to_come_is_refused(client, officer):
    log_in_freshly(client, officer)
    moment = timezone.localtime(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")

    answer = client.post(
        reverse("new-breach"), {"title": "x", "story": "y", "discovered_at": moment, "kinds": ["people.Member"]}
    )

    assert answer.status_code == 422 and not Breach.objects.exists()


@pytest.mark.parametrize("role", [AssociationRole.BOARD, AssociationRole.COMMUNITY_MANAGER])
def test_only_the_privacy_officer_sees_breaches(client, officer, role):
    breach = entered(officer)
    log_in_freshly(client, member_with(role))

    assert client.get(reverse("breach", args=[breach.pk])).status_code == 403
    assert client.get(reverse("new-breach")).status_code == 403
