"""What these tests make and ask."""

from django.utils import timezone

from finance.bank.services import import_statement
from finance.pots.services import claim_expense
from groups.people.models import AssociationRole
from tests.factories import member_with
from tests.factories_finance import asked_pot, bank_account, camt

CAMPING = "NL83ABNA0412345678"


def today():
    return timezone.localdate()


def paid_pot(**fields):
    """A pot with 85.00 at the bank, its Geldchef, a member and the treasurer."""
    bank_account()
    pot, chef, (one, two) = asked_pot(**fields)
    import_statement(content=camt((42_50, "A", "", one.reference), (42_50, "B", "", two.reference)), filename="1")
    return pot, chef, one.party.member, member_with(AssociationRole.TREASURER)


def claim(pot, by, cents=30_00, purpose="Aanbetaling camping"):
    return claim_expense(pot=pot, by=by, purpose=purpose, cents=cents, spent_on=today())
