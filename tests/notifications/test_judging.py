"""What was given up, or may have arrived: all of it again in one press, each once, and nothing that is not wanted."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from groups.people.models import AssociationRole, AuditEntry
from notifications.health import checks
from notifications.models import Delivery, Notice
from notifications.services import notify, read_notices, send_all_due, send_given_up_again
from tests.factories import MemberFactory, member_with
from tests.notifications import test_wishes  # noqa: F401 — registers the kinds used here
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
State = Delivery.State
LONG_AGO = timedelta(minutes=5)


def left(state: str, number: int = 1, **fields) -> list[Delivery]:
    """Deliveries that ended in `state`, each to a member of its own."""
    members = [MemberFactory() for _ in range(number)]
    notify(member_ids=[member.pk for member in members], kind="w.plain", key="thing", context={})
    made = Delivery.objects.filter(member__in=members)
    made.update(state=state, claimed_at=timezone.now() - LONG_AGO, **fields)
    return list(made.order_by("pk"))


def given_up(number: int = 1, **fields):
    return left(State.FAILED, number, done_at=timezone.now(), tries=12, error="mail server is away", **fields)


@pytest.fixture
def manager(client):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    client.force_login(manager)
    return manager


def press(client, which, act, **fields):
    return client.post("/health/deliveries/", {"which": which, "act": act, **fields}, follow=True)


def states() -> set[str]:
    return set(Delivery.objects.values_list("state", flat=True))


def test_what_was_given_up_after_the_last_try_counts_as_failed_today(settings):
    settings.EMAIL_BACKEND = "tests.fakes.BrokenMail"
    left(State.QUEUED, tries=11)

    send_all_due()

    red = {check.code: check for check in checks()}["mail"]
    assert states() == {State.FAILED}
    assert not red.is_good
    assert "1 mislukt" in red.text


def test_the_page_says_what_did_not_arrive_and_why_without_saying_to_whom(client, manager):
    first, *_ = given_up(3)
    Delivery.objects.update(error=f"550 <{first.member.email}> no such user")

    page = client.get("/health/details/").content.decode()

    assert "Alle 3 opnieuw proberen" in page
    assert "550 … no such user" in page
    assert first.member.email not in page


def test_all_that_was_given_up_goes_out_once_more_and_once(client, manager):
    rows = given_up(3)

    for _ in range(2):
        page = press(client, "given-up", "again").content.decode()
    send_all_due()
    send_all_due()

    assert states() == {State.SENT}
    assert sorted(message.to for message in mail.outbox) == sorted([row.member.email] for row in rows)
    assert "Er was niets meer te versturen." in page
    entry = AuditEntry.objects.get(act="deliveries.given_up_sent_again")
    assert (entry.actor_id, entry.details) == (manager.pk, {"number": 3})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_managers_at_once_send_each_once():
    given_up(20)
    managers = [member_with(AssociationRole.COMMUNITY_MANAGER) for _ in range(2)]

    numbers = at_once(*[lambda by=by: send_given_up_again(by=by) for by in managers])
    send_all_due()

    assert sorted(numbers) == [0, 20]
    assert len(mail.outbox) == 20
    assert AuditEntry.objects.filter(act="deliveries.given_up_sent_again").count() == 1


def test_what_was_read_in_the_meantime_is_not_sent_and_what_is_new_since_is(client, manager):
    read, renewed = given_up(2)
    read_notices(member=read.member, keys=["thing"])
    Notice.objects.filter(member=renewed.member).update(created_at=timezone.now())

    page = press(client, "given-up", "again").content.decode()
    send_all_due()

    assert [message.to for message in mail.outbox] == [[renewed.member.email]]
    assert "1 wordt opnieuw verstuurd." in page


def test_what_was_settled_in_the_meantime_is_not_sent(client, manager):
    (row,) = given_up()
    row.member.is_active = False
    row.member.save()

    press(client, "given-up", "again")
    send_all_due()

    assert mail.outbox == []
    assert states() == {State.DROPPED}


def test_what_may_have_arrived_is_not_sent_along(client, manager):
    given_up()
    (unsure,) = left(State.SENDING)

    press(client, "given-up", "again", twice="on")
    send_all_due()

    unsure.refresh_from_db()
    assert unsure.state == State.SENDING
    assert len(mail.outbox) == 1


def test_what_may_have_arrived_goes_again_only_for_who_says_to_know_that_it_may_come_twice(client, manager):
    left(State.SENDING, 2)

    page = press(client, "unsure", "again").content.decode()
    assert "twee keer" in page
    assert states() == {State.SENDING}

    press(client, "unsure", "again", twice="on")
    send_all_due()
    assert len(mail.outbox) == 2
    assert AuditEntry.objects.get(act="deliveries.unsure_sent_again").details == {"number": 2}


def test_what_is_on_its_way_at_this_moment_is_nobodys_to_judge(client, manager):
    left(State.SENDING)
    Delivery.objects.update(claimed_at=timezone.now())

    press(client, "unsure", "again", twice="on")

    assert states() == {State.SENDING}


@pytest.mark.parametrize(("which", "state"), [("given-up", State.FAILED), ("unsure", State.SENDING)])
def test_all_of_it_is_left_in_one_press(client, manager, which, state):
    left(state, 2)

    press(client, which, "leave")
    send_all_due()

    assert mail.outbox == []
    assert states() == {State.DROPPED}
    assert AuditEntry.objects.filter(actor_id=manager.pk, act__startswith="deliveries.", details={"number": 2}).exists()


def test_judging_one_is_written_down_too(client, manager):
    (row,) = left(State.SENDING)

    client.post(f"/health/deliveries/{row.pk}/", {"act": "again"})

    assert AuditEntry.objects.get(act="delivery.sent_again").about == f"delivery:{row.pk}"


@pytest.mark.parametrize("role", [None, AssociationRole.BOARD, AssociationRole.TREASURER])
def test_others_find_no_such_button_and_no_such_address(client, role):
    given_up()
    client.force_login(member_with(role) if role else MemberFactory())

    assert press(client, "given-up", "again").status_code == 404
    assert states() == {State.FAILED}


@pytest.mark.parametrize("body", [{}, {"which": "given-up"}, {"which": "all", "act": "again"}])
def test_a_press_that_says_nothing_does_nothing(client, manager, body):
    given_up()

    assert client.post("/health/deliveries/", body)["Location"] == "/health/details/"
    assert states() == {State.FAILED}
