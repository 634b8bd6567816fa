from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.privacy.errors import AnswerNeeded
from community.privacy.models import ConsentAnswer, PrivacyRequest
from community.privacy.services import close_request, register_request
from groups.people.models import AssociationRole
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return member_with(AssociationRole.PRIVACY_OFFICER)


def ask(officer, **changes):
    values = {"kind": "access", "asked_by": "Oud-lid Piet", "question": "Wat weten jullie?"} | changes
    return register_request(by=officer, received_on=values.pop("received_on", date(2026, 11, 1)), **values)


@pytest.mark.parametrize("name", ["privacy", "privacy-who", "privacy-processing", "privacy-statement"])
def test_a_member_reads_every_page_about_privacy(client, name):
    client.force_login(member_of(SubgroupFactory()))

    page = client.get(reverse(name))

    assert page.status_code == 200


def test_the_statement_needs_no_login_and_says_what_is_not_encrypted(client):
    page = client.get(reverse("privacy-statement"), headers={"Accept-Language": "en"})

    assert "not end-to-end encrypted" in page.content.decode()


def test_a_leak_can_be_reported_without_login(client):
    answer = client.get("/.well-known/security.txt")

    assert answer["Content-Type"].startswith("text/plain")
    assert "Contact: mailto:" in answer.content.decode()


def test_a_permission_given_and_taken_back_leaves_both_answers_with_their_words(client):
    member = MemberFactory()
    client.force_login(member)
    address = reverse("privacy-consent", args=["photos"])

    client.post(address, {"answer": "yes"})
    client.post(address, {"answer": "no"})

    answers = ConsentAnswer.objects.filter(member=member)
    assert [answer.is_given for answer in answers] == [False, True]
    assert all(answer.words for answer in answers)


def test_an_unknown_permission_does_not_exist(client):
    client.force_login(MemberFactory())

    answer = client.post(reverse("privacy-consent", args=["selling"]), {"answer": "yes"})

    assert answer.status_code == 404


def test_a_request_has_thirty_days(officer):
    request = ask(officer, received_on=timezone.localdate())

    assert request.due_on == timezone.localdate() + timedelta(days=30)
    assert request.days_left == 30


def test_a_request_is_not_closed_without_an_answer(officer):
    request = ask(officer)

    with pytest.raises(AnswerNeeded):
        close_request(by=officer, request=request, answer="  ")

    request.refresh_from_db()
    assert request.closed_at is None


def test_the_database_itself_wants_an_answer(officer):
    request = ask(officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        PrivacyRequest.objects.filter(pk=request.pk).update(closed_at=timezone.now())


def test_the_officer_enters_and_answers_a_request_on_the_pages(client, officer):
    client.force_login(officer)
    values = {"kind": "access", "asked_by": "Piet", "question": "Wat weten jullie?", "received_on": "2026-11-01"}

    client.post(reverse("privacy-requests"), values)
    request = PrivacyRequest.objects.get()
    refused = client.post(reverse("privacy-request", args=[request.pk]), {"answer": ""})
    client.post(reverse("privacy-request", args=[request.pk]), {"answer": "Alles staat in de bijlage."})

    request.refresh_from_db()
    assert refused.status_code == 422
    assert (request.answer, request.closed_by) == ("Alles staat in de bijlage.", officer)


def test_the_officer_chooses_a_term_and_asks_a_hold_on_the_page(client, officer):
    client.force_login(officer)

    client.post(reverse("privacy-retention"), {"rule": "exports", "days": "2"})
    client.post(reverse("privacy-hold"), {"reason": "Aangifte"})
    page = client.get(reverse("privacy-retention")).content.decode()

    assert "Aangifte" in page


@pytest.mark.parametrize("name", ["privacy-requests", "privacy-retention"])
@pytest.mark.parametrize("role", [None, AssociationRole.BOARD, AssociationRole.COMMUNITY_MANAGER])
def test_the_privacy_desk_is_for_the_officer_only(client, name, role):
    client.force_login(member_with(role) if role else MemberFactory())

    answer = client.get(reverse(name))

    assert answer.status_code == 403


@pytest.mark.parametrize("requests", [1, 3])
def test_the_list_of_requests_costs_the_same_for_any_number(client, officer, requests, django_assert_max_num_queries):
    for _ in range(requests):
        ask(officer)
    client.force_login(officer)

    with django_assert_max_num_queries(20):
        client.get(reverse("privacy-requests"))
