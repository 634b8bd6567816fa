"""Pages that are for who paid the fee: opened by the payment, closed after the period, files and search included."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from community.pages.access import readable
from community.pages.audience import Scope
from community.pages.models import ContentPage
from finance.fees.models import FeeGrant, Part
from finance.fees.services import record_cash
from groups.people.models import AssociationRole
from tests.factories import MemberFactory, member_with
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.factories_pages import content_page, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def handbook():
    """A page for who paid, with a file and a page below it that says nothing about money."""
    file = document()
    page = content_page(title="Handboek", needs_paid_fee=True, body=[("message", "Alleen betaald."), ("file", file)])
    page.save_revision().publish()
    below = content_page(parent=page, title="Bijlage")
    return page, file, below


@pytest.fixture
def debtor():
    plan_for(grace_days=30)
    member, by = enrolled(date(2020, 1, 1)), treasurer()
    charge_year(by=by)
    return member, by


def answers(client, member, page, file, below) -> list[int]:
    client.force_login(type(member).objects.get(pk=member.pk))
    paths = [Page.objects.get(pk=row.pk).specific.url for row in (page, below)]
    paths += [reverse("library-page", args=[page.pk]), file.url]
    return [client.get(path).status_code for path in paths]


def test_the_payment_opens_the_page_what_is_below_it_and_its_file_at_once(client, handbook, debtor):
    member, by = debtor
    assert answers(client, member, *handbook) == [404, 404, 404, 404]
    assert "Handboek" not in client.get(reverse("library")).content.decode()
    assert "Handboek" not in client.get(reverse("search"), {"q": "betaald"}).content.decode()

    record_cash(part=Part.objects.get(), cents=120_00, by=by)

    status = answers(client, member, *handbook)
    assert status[:2] + status[3:] == [200, 200, 200]
    assert status[2] in (200, 302)
    assert "Handboek" in client.get(reverse("library")).content.decode()


def test_it_closes_at_the_end_of_the_period_with_its_grace(handbook, debtor):
    page, _file, _below = handbook
    member, by = debtor
    record_cash(part=Part.objects.get(), cents=120_00, by=by)

    with time_machine.travel(date(2027, 1, 30)):
        assert page in readable(ContentPage, member)
    with time_machine.travel(date(2027, 1, 31)):
        assert page not in readable(ContentPage, member)


def test_who_is_exempt_reads_it_and_who_was_never_charged_does_not(handbook):
    exempt, other = MemberFactory(), MemberFactory()
    FeeGrant.objects.create(member=exempt, kind="exempt", reason="Erelid", starts_on=date(2020, 1, 1))

    assert [person for person in (exempt, other) if handbook[0] in readable(ContentPage, person)] == [exempt]


def test_who_edits_pages_reads_them_all(client, handbook):
    assert answers(client, member_with(AssociationRole.COMMUNITY_MANAGER), *handbook)[0] == 200


def test_a_page_for_who_paid_cannot_be_public():
    with pytest.raises(ValidationError, match=r"who paid|betaalde"):
        content_page(title="Handboek", scope=Scope.PUBLIC, needs_paid_fee=True)
