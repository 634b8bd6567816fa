"""Who looks after the machinery: health, deliveries that may not have arrived, the mail folder."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from community.privacy.models import RetentionRun
from groups.people.models import AssociationRole
from notifications import health
from notifications.models import Delivery, Heartbeat, NoticeSettings
from notifications.reminders import reminder_registry
from notifications.services import claim_due, notify, release_lost, send_all_due
from notifications.tasks import minute_registry, sweep, sweep_due
from tests.factories import MemberFactory, member_with
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here

pytestmark = pytest.mark.django_db
State = Delivery.State


def all_at_work():
    for name in ("clock", "worker", "sweep"):
        health.beat(name)
    RetentionRun.objects.create(rule="notices", before=timezone.now(), wiped=0)


@pytest.fixture(autouse=True)
def with_back_up(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path
    (tmp_path / "20260101-030000.paraplu").write_bytes(b"sealed")


def queued(**fields):
    member = MemberFactory()
    notify(member_ids=[member.pk], kind="w.plain", key="thing", context={})
    Delivery.objects.filter(member=member).update(**fields)
    return Delivery.objects.get(member=member)


def test_the_monitor_hears_that_all_is_well_and_nothing_more(client):
    all_at_work()

    answer = client.get("/health/")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert set(answer.json()["parts"].values()) == {"ok"}


@pytest.mark.parametrize("name", ["clock", "worker", "sweep"])
def test_a_part_that_stopped_is_red_within_two_minutes(client, name):
    all_at_work()
    Heartbeat.objects.filter(name=name).update(seen_at=timezone.now() - timedelta(seconds=119))

    answer = client.get("/health/")

    assert answer.status_code == 503
    assert answer.json()["parts"][name] == "failing"


def test_the_sweeps_leave_their_signs_of_life():
    sweep()
    sweep_due()

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "sweep"}


@pytest.mark.parametrize("registry", [minute_registry, reminder_registry])
def test_a_part_of_the_round_that_fails_keeps_no_other_waiting_and_is_seen(registry, monkeypatch):
    done = []

    def fails(*_now):
        raise RuntimeError("a poll nobody thought of")

    def follows(*_now):
        done.append("followed")
        return []

    monkeypatch.setattr(registry, "_functions", [fails, follows])
    member = MemberFactory()
    NoticeSettings.objects.create(member=member, next_digest_at=timezone.now())

    with pytest.raises(RuntimeError, match="nobody thought of"):
        sweep_due()

    assert done == ["followed"]
    assert Delivery.objects.filter(member=member, kind="digest").exists()
    assert not Heartbeat.objects.filter(name="sweep").exists()


def test_what_a_dead_worker_had_not_begun_goes_back_and_what_it_had_does_not():
    taken, sending = queued(), queued()
    claim_due(10)
    long_ago = timezone.now() - timedelta(minutes=11)
    Delivery.objects.update(claimed_at=long_ago)
    Delivery.objects.filter(pk=sending.pk).update(state=State.SENDING)

    assert release_lost() == 1

    taken.refresh_from_db()
    sending.refresh_from_db()
    assert (taken.state, sending.state) == (State.QUEUED, State.SENDING)


def test_the_manager_sees_what_may_not_have_arrived_and_decides(client):
    delivery = queued(state=State.SENDING, claimed_at=timezone.now() - timedelta(minutes=5))
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))
    assert str(delivery.pk) in client.get("/health/details/").content.decode()

    client.post(f"/health/deliveries/{delivery.pk}/", {"act": "again"})
    send_all_due()

    delivery.refresh_from_db()
    assert delivery.state == State.SENT


def test_setting_aside_ends_it(client):
    delivery = queued(state=State.SENDING, claimed_at=timezone.now() - timedelta(minutes=5))
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    client.post(f"/health/deliveries/{delivery.pk}/", {"act": "aside"})

    delivery.refresh_from_db()
    assert delivery.state == State.DROPPED


@pytest.mark.parametrize("role", [None, AssociationRole.BOARD, AssociationRole.TREASURER])
def test_the_details_are_for_who_looks_after_the_house(client, role):
    delivery = queued(state=State.SENDING, claimed_at=timezone.now() - timedelta(minutes=5))
    client.force_login(member_with(role) if role else MemberFactory())

    assert client.get("/health/details/").status_code == 404
    assert client.post(f"/health/deliveries/{delivery.pk}/", {"act": "again"}).status_code == 404


def test_a_member_reads_what_was_sent_to_them_and_not_to_others(client):
    delivery, other = queued(), queued()
    send_all_due()
    client.force_login(delivery.member)

    page = client.get("/notices/log/").content.decode()

    assert page.count("Title") == 1
    assert other.member.email not in page


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "notifications.mail_folder.FolderBackend"
    settings.MAIL_FOLDER = tmp_path / "mail"
    message = EmailMultiAlternatives("Inlogcode", "De code is 123", to=["anneke@club.example"])
    message.attach_alternative("<p style='color:red'>De code is 123</p>", "text/html")
    message.send()
    return next(settings.MAIL_FOLDER.glob("*.eml")).stem


def test_the_mail_folder_is_read_on_this_machine_without_logging_in(client, folder):
    assert "Inlogcode" in client.get("/dev/mail/").content.decode()
    assert "De code is 123" in client.get(f"/dev/mail/{folder}/").content.decode()
    html = client.get(f"/dev/mail/{folder}/html/")
    assert "sandbox" in html["Content-Security-Policy"]


@pytest.mark.parametrize("case", ["production", "elsewhere", "proxied", "real mail"])
def test_the_mail_folder_does_not_exist_anywhere_else(client, folder, settings, case):
    extra = {}
    if case == "production":
        settings.PRODUCTION = True
    elif case == "elsewhere":
        extra = {"REMOTE_ADDR": "10.0.0.7"}
    elif case == "proxied":
        extra = {"headers": {"x-forwarded-for": "10.0.0.7"}}
    else:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    for path in ("/dev/mail/", f"/dev/mail/{folder}/", f"/dev/mail/{folder}/html/"):
        assert client.get(path, **extra).status_code == 404


def test_a_name_that_climbs_out_of_the_folder_finds_nothing(client, folder):
    assert client.get("/dev/mail/..%2F..%2Fsecret_key/").status_code == 404
