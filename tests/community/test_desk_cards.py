"""What waits for a decision stands among the tasks of who decides, and goes by itself when it is decided."""

from datetime import date

import pytest
from django.utils import timezone

from community.privacy.models import PrivacyRequest
from finance.pots.models import Approval
from finance.pots.services.expenses import claim_expense
from groups.moderation.models import Report
from groups.moderation.services import close_report, report_member
from groups.people.models import Application, AssociationRole
from notifications.cards import cards_for
from tests.factories import MemberFactory, member_of, member_with
from tests.factories_finance import asked_pot
from tests.factories_people import some_kind

pytestmark = pytest.mark.django_db


def keys(member, prefix):
    return [card.key for card in cards_for(member) if card.key.startswith(prefix)]


def applied(email="x@elders.example", **fields):
    return Application.objects.create(
        email=email, first_name="Xaviera", last_name="Nieuw", kind=some_kind(), token_hash=email,
        confirmed_at=timezone.now(), **fields,
    )  # fmt: skip


def test_applications_wait_for_who_decides_them_in_one_card():
    board, other = member_with(AssociationRole.BOARD), MemberFactory()
    applied()
    application = applied("y@elders.example")

    (card,) = [card for card in cards_for(board) if card.key == "applications"]
    assert "2" in card.detail and card.path == "/desk/applications/"
    assert keys(other, "applications") == []

    application.delete()
    (card,) = [card for card in cards_for(board) if card.key == "applications"]
    assert card.path == f"/desk/applications/{Application.objects.get().pk}/"

    Application.objects.all().update(decided_at=timezone.now(), is_accepted=True, decided_by=board)
    assert keys(board, "applications") == []


def test_reports_wait_for_a_moderator_who_has_no_part_in_them():
    moderator, about = member_with(AssociationRole.MODERATOR), member_with(AssociationRole.MODERATOR)
    report_member(about=about, by=MemberFactory(), category=Report.Category.values[0])

    assert keys(moderator, "reports") == ["reports"]
    assert keys(about, "reports") == keys(MemberFactory(), "reports") == []

    close_report(report=Report.objects.get(), by=moderator, outcome=Report.Outcome.NOTHING)
    assert keys(moderator, "reports") == []


def test_a_request_about_privacy_waits_for_the_officer_until_it_is_answered():
    officer, other = member_with(AssociationRole.PRIVACY_OFFICER), member_with(AssociationRole.BOARD)
    asked = PrivacyRequest.objects.create(
        kind="access", asked_by="X", question="Wat weet u?", due_on=date(2026, 12, 24)
    )

    assert keys(officer, "privacy") == [f"privacy-request:{asked.pk}"]
    assert keys(other, "privacy") == []

    PrivacyRequest.objects.update(answer="Dit.", closed_at=timezone.now())
    assert keys(officer, "privacy") == []


def test_an_expense_waits_for_another_than_who_claims_it():
    pot = asked_pot(members=1)[0]
    chef = pot.roles.get().member
    claimer = member_of(pot.subgroup)
    expense = claim_expense(pot=pot, by=claimer, purpose="Touw", cents=12_00, spent_on=date(2026, 3, 1))
    own = claim_expense(pot=pot, by=chef, purpose="Verf", cents=9_00, spent_on=date(2026, 3, 1))
    treasurer = member_with(AssociationRole.TREASURER)

    assert keys(chef, "expense") == [f"expense:{expense.pk}"]
    assert keys(claimer, "expense") == []
    assert set(keys(treasurer, "expense")) == {f"expense:{expense.pk}", f"expense:{own.pk}"}

    Approval.objects.create(expense=expense, member=chef, label=str(chef))
    assert keys(chef, "expense") == []
    assert keys(treasurer, "expense") == [f"expense:{own.pk}"]
