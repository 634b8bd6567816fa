"""The counter: who may ask for what, a number and an owner for each request, and states the member can follow."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from finance.fees.models import FeeGrant
from groups.counter.access import requests_to_answer, visible_requests, visible_services
from groups.counter.errors import ManyOpen, NotAHandler, ReasonNeeded, RequestClosed
from groups.counter.models import Service, ServiceRequest
from groups.counter.retention import wipe_requests
from groups.counter.services import answer_request, ask_service, keep_service, take_request
from groups.people.models import AssociationRole
from notifications.cards import cards_for
from notifications.models import Delivery, Notice
from notifications.services.telling import unread_notices
from tests.factories import MemberFactory, MembershipKindFactory, member_with
from theme.templatetags.theme import day

pytestmark = pytest.mark.django_db
State = ServiceRequest.State


@pytest.fixture
def board():
    return member_with(AssociationRole.BOARD, first_name="Bea")


@pytest.fixture
def storage(board):
    return keep_service(
        by=board, title="Boot stallen", description="Een plek in het botenhuis.", question="Welke boot?"
    )


def test_a_request_gets_a_number_an_owner_and_a_state_the_member_sees(client, board, storage):
    member = MemberFactory()
    client.force_login(member)
    assert "Welke boot?" in client.get(storage.get_absolute_url()).content.decode()

    answer = client.post(storage.get_absolute_url(), {"text": "Een skiff van 8 meter"})

    found = ServiceRequest.objects.get()
    assert answer.url == reverse("service-request", args=[found.pk])
    client.force_login(board)
    client.post(reverse("take-service-request", args=[found.pk]))
    client.force_login(member)
    page, listed = client.get(answer.url).content.decode(), client.get(reverse("counter")).content.decode()
    for text in (page, listed):
        assert str(found.pk) in text
        assert "Bea Voorbeeld" in text
        assert "ermee bezig" in text
    assert Notice.objects.filter(member=member, kind="service-state").count() == 1


def test_a_service_with_a_keeper_has_an_owner_from_the_start(board, storage):
    other = member_with(AssociationRole.COMMUNITY_MANAGER)
    keep_service(by=board, service=storage, keeper=board)

    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")

    assert (request.owner, request.state) == (board, State.BUSY)
    assert set(Notice.objects.filter(kind="service-asked").values_list("member", flat=True)) == {board.pk}
    assert request not in requests_to_answer(other)


def test_a_keeper_whose_role_ended_gets_nothing_more(board, storage):
    keep_service(by=board, service=storage, keeper=board)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    board.role_grants.update(starts_on=yesterday, ends_on=yesterday)
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)

    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")

    assert (request.owner, request.state) == (None, State.NEW)
    assert request in requests_to_answer(manager)


def test_answering_done_and_no_with_a_reason(client, board, storage):
    member = MemberFactory()
    first, second = (ask_service(service=storage, member=member, text=text) for text in ("Skiff", "Kano"))
    client.force_login(board)
    path = reverse("service-request", args=[second.pk])
    assert client.post(path, {"state": "declined", "note": ""}).status_code == 422
    assert client.post(path, {"state": "new", "note": "x"}).status_code == 422

    client.post(reverse("service-request", args=[first.pk]), {"state": "done", "note": "Stelling 4 is voor jou."})
    client.post(path, {"state": "declined", "note": "Er is geen plek meer."})

    client.force_login(member)
    page = client.get(path).content.decode()
    assert "Er is geen plek meer." in page
    first.refresh_from_db()
    assert (first.state, first.owner) == (State.DONE, board)
    with pytest.raises(RequestClosed):
        answer_request(request=first, by=board, state="busy")
    with pytest.raises(RequestClosed):
        take_request(request=first, by=board)


def test_nobody_answers_their_own_request(client, board, storage):
    mine = ask_service(service=storage, member=board, text="Voor mezelf")
    client.force_login(board)

    assert client.post(mine.get_absolute_url(), {"state": "done"}).status_code == 403
    assert client.post(reverse("take-service-request", args=[mine.pk])).status_code == 403
    assert mine not in requests_to_answer(board)
    for act in (
        lambda: answer_request(request=mine, by=board, state="done"),
        lambda: take_request(request=mine, by=board),
    ):
        with pytest.raises(NotAHandler):
            act()


def test_handing_over_goes_to_who_answers_only(client, board, storage):
    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")
    manager, plain = member_with(AssociationRole.COMMUNITY_MANAGER), MemberFactory()
    client.force_login(board)

    client.post(reverse("take-service-request", args=[request.pk]), {"owner": manager.pk})

    request.refresh_from_db()
    assert request.owner == manager
    with pytest.raises(NotAHandler):
        take_request(request=request, by=board, owner=plain)


def test_others_do_not_see_a_request_and_only_who_answers_sees_the_desk(client, board, storage):
    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")
    other = MemberFactory()
    client.force_login(other)

    assert client.get(request.get_absolute_url()).status_code == 404
    assert client.post(reverse("take-service-request", args=[request.pk])).status_code == 404
    for name in ("counter-desk", "new-service"):
        assert client.get(reverse(name)).status_code == 403
    assert not visible_requests(other).exists()
    assert [card.key for card in cards_for(board) if card.key == "counter"] == ["counter"]
    assert "counter" not in [card.key for card in cards_for(other)]


def test_a_service_is_for_the_kinds_it_names_and_for_who_paid(board):
    rowing = MembershipKindFactory(name="Roeiend")
    member, exempt, guest = MemberFactory(), MemberFactory(), MemberFactory(enrolled=False)
    keep_service(by=board, title="Voor roeiers", description="x", kinds=[rowing])
    keep_service(by=board, title="Voor betalers", description="x", needs_paid_fee=True)
    keep_service(by=board, title="Dicht", description="x", is_closed=True)
    keep_service(by=board, title="Voor allen", description="x")
    exempt.enrolments.update(kind=rowing)
    FeeGrant.objects.create(member=exempt, kind="exempt", reason="Erelid", starts_on=timezone.localdate())

    seen = [[service.title for service in visible_services(person)] for person in (member, exempt, guest)]

    assert seen == [["Voor allen"], ["Voor allen", "Voor betalers", "Voor roeiers"], []]


def test_what_is_not_for_a_member_cannot_be_asked_by_its_address(client, board):
    closed = keep_service(by=board, title="Dicht", description="x", is_closed=True)
    client.force_login(MemberFactory())

    assert client.get(closed.get_absolute_url()).status_code == 404
    assert client.post(closed.get_absolute_url(), {"text": "Toch"}).status_code == 404


def test_the_sixth_open_request_for_one_thing_waits_and_the_words_stay(client, storage):
    member = MemberFactory()
    for number in range(5):
        ask_service(service=storage, member=member, text=f"Boot {number}")
    client.force_login(member)

    answer = client.post(storage.get_absolute_url(), {"text": "Boot zes"})

    assert answer.status_code == 422
    assert "Boot zes" in answer.content.decode()
    with pytest.raises(ManyOpen):
        ask_service(service=storage, member=member, text="Boot zes")


def test_the_board_makes_and_changes_services_on_the_page(client, board):
    client.force_login(board)
    values = {"title": "Verklaring", "description": "Voor je werkgever.", "question": "Waarover?"}

    client.post(reverse("new-service"), values)
    made = Service.objects.get()
    again = client.post(reverse("new-service"), values)
    client.post(reverse("edit-service", args=[made.pk]), {**values, "is_closed": "on"})

    made.refresh_from_db()
    assert again.status_code == 422
    assert made.closed_at is not None
    client.post(reverse("edit-service", args=[made.pk]), values)
    made.refresh_from_db()
    assert made.closed_at is None


def test_no_without_reason_and_old_requests(board, storage):
    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")
    with pytest.raises(ReasonNeeded):
        answer_request(request=request, by=board, state="declined")
    with pytest.raises(IntegrityError), transaction.atomic():
        request.steps.create(state="declined")
    ServiceRequest.objects.update(asked_at=timezone.now() - timezone.timedelta(days=800))
    before = timezone.now() - timezone.timedelta(days=730)

    open_still = wipe_requests(before, None, 10)
    answer_request(request=request, by=board, state="done")

    assert (open_still, wipe_requests(before, None, 10)) == (0, 1)


def waiting_notices(request) -> set:
    return set(
        Notice.objects.filter(
            kind="service-asked", key=f"service-request:{request.pk}", read_at__isnull=True
        ).values_list("member", flat=True)
    )


def test_who_takes_a_request_closes_the_notices_of_the_others_and_what_was_still_to_be_sent(board, storage):
    others = [member_with(AssociationRole.COMMUNITY_MANAGER) for _ in range(2)]
    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")
    mails = Delivery.objects.filter(kind="service-asked", key=f"service-request:{request.pk}")
    assert waiting_notices(request) == {board.pk, *(other.pk for other in others)}
    assert mails.not_begun().count() == 3

    take_request(request=request, by=board)

    assert waiting_notices(request) == set()
    assert mails.not_begun().count() == 0
    assert all(unread_notices(other) == 0 for other in others)


def test_a_hand_over_leaves_one_notice_with_who_got_it(board, storage):
    manager, other = (member_with(AssociationRole.COMMUNITY_MANAGER) for _ in range(2))
    request = ask_service(service=storage, member=MemberFactory(), text="Een skiff")

    take_request(request=request, by=board, owner=manager)

    assert waiting_notices(request) == {manager.pk}
    assert unread_notices(other) == 0


def test_an_answer_closes_the_notices_too_and_the_member_keeps_theirs(board, storage):
    member_with(AssociationRole.COMMUNITY_MANAGER)
    member = MemberFactory()
    request = ask_service(service=storage, member=member, text="Een skiff")

    answer_request(request=request, by=board, state="done", note="Klaar.")

    assert waiting_notices(request) == set()
    assert Notice.objects.filter(member=member, kind="service-state", read_at__isnull=True).count() == 1


def test_a_request_is_answered_by_the_day_of_the_house_or_of_its_service(settings, board, storage):
    settings.ANSWER_DAYS = 5
    quick = keep_service(by=board, title="Sleutel", description="x", answer_days=2)
    today, member = timezone.localdate(), MemberFactory()

    assert ask_service(service=storage, member=member, text="x").due_on == today + timedelta(days=5)
    assert ask_service(service=quick, member=member, text="x").due_on == today + timedelta(days=2)


def test_the_member_reads_the_day_and_who_answers_can_promise_another(client, board, storage):
    member = MemberFactory()
    request = ask_service(service=storage, member=member, text="Een skiff")
    later = timezone.localdate() + timedelta(days=12)
    client.force_login(board)
    past = {"state": "busy", "note": "x", "due_on": "2020-01-01"}
    assert client.post(request.get_absolute_url(), past).status_code == 422

    client.post(request.get_absolute_url(), {"state": "busy", "note": "Na de vakantie.", "due_on": later.isoformat()})

    request.refresh_from_db()
    assert request.due_on == later
    client.force_login(member)
    for page in (request.get_absolute_url(), reverse("counter")):
        assert day(later) in client.get(page).content.decode()


def test_what_is_overdue_stands_on_the_desk_of_everybody_who_answers(client, board, storage):
    manager, member = member_with(AssociationRole.COMMUNITY_MANAGER), MemberFactory()
    request = ask_service(service=storage, member=member, text="Een skiff")
    take_request(request=request, by=board)
    assert "counter:late" not in [card.key for card in cards_for(manager)]

    ServiceRequest.objects.filter(pk=request.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    assert "counter:late" in [card.key for card in cards_for(manager)]
    assert "counter:late" not in [card.key for card in cards_for(member)]
    client.force_login(manager)
    assert request.get_absolute_url() in client.get(reverse("counter-desk")).content.decode()
    answer_request(request=request, by=board, state="done", note="Klaar.")
    assert "counter:late" not in [card.key for card in cards_for(manager)]


@pytest.mark.parametrize("days", [0, 91])
def test_the_database_keeps_the_days_of_a_service_within_bounds(storage, days):
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=storage.pk).update(answer_days=days)
