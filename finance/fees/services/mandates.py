"""Mandates: given, paused, ended; never changed. A new account is a new mandate."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError

from finance.bank.fields import mark
from finance.fees.calendar import add_months
from finance.fees.errors import MandateReferenceTaken, NotAnAccount
from finance.fees.models import Mandate, Payer
from finance.fees.pain import plain
from groups.people.audit import record

# A mandate that was not used for so long may not be used any more (SEPA rulebook).
LAPSES_AFTER = 36  # months
# The account is closed, blocked, unknown, or the payer says there is no mandate: collecting again would fail again.
PAUSING = frozenset({"AC01", "AC04", "AC06", "AC13", "AG01", "MD01", "MD02", "MD07", "SL01"})
State = Mandate.State


def clean_iban(text: str) -> str:
    """The account number in one piece. Raises NotAnAccount."""
    try:
        return iban_numbers.validate(text)
    except ValidationError as wrong:
        raise NotAnAccount from wrong


@transaction.atomic
def give_mandate(
    *,
    payer: Payer,
    holder: str,
    iban: str,
    by,
    way: str,
    reference: str = "",
    signed_on: date | None = None,
    used_before_on: date | None = None,
) -> Mandate:
    """A new mandate; one that the payer had before ends. `used_before_on` is when the register of before last
    collected with it. Raises NotAnAccount, MandateReferenceTaken.
    """
    payer = Payer.objects.select_for_update().get(pk=payer.pk)
    number = clean_iban(iban)
    if reference and Mandate.objects.filter(reference=reference).exists():
        raise MandateReferenceTaken
    end_former(payer, by)
    mandate = Mandate.objects.create(
        payer=payer,
        reference=plain(reference, 35) if reference else next_reference(payer),
        holder=holder[:70],
        iban=number,
        iban_mark=mark(number),
        signed_on=signed_on or timezone.localdate(),
        way=way,
        last_used_on=used_before_on,
        used_before_on=used_before_on,
        kept_by_label=str(by)[:160],
    )
    record(by=by, act="fees.mandate_given", about=payer, details={"way": way, "reference": mandate.reference})
    return mandate


def next_reference(payer: Payer) -> str:
    return f"M{payer.pk:07d}-{payer.mandates.count() + 1}"


def end_former(payer: Payer, by) -> None:
    """A new mandate takes the place of the one before, in the transaction that makes it."""
    for old in payer.mandates.filter(state__in=[State.ACTIVE, State.PAUSED]):
        _end(old, "replaced", by)


@transaction.atomic
def end_mandate(*, mandate: Mandate, by, because: str = "") -> None:
    """Nothing is collected with it any more; who ended it stays noted. Ending twice changes nothing."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.state != State.ENDED:
        _end(mandate, because or "ended", by)
        record(by=by, act="fees.mandate_ended", about=mandate.payer, details={"reference": mandate.reference})


def _end(mandate: Mandate, because: str, by) -> None:
    Mandate.objects.filter(pk=mandate.pk).update(
        state=State.ENDED, because=because[:200], changed_at=timezone.now(), kept_by_label=str(by)[:160] if by else ""
    )


def pause_mandate(*, mandate: Mandate, because: str) -> None:
    """After a return that says the account cannot be collected from; a new mandate, or `resume_mandate`, mends it."""
    standing = Mandate.objects.filter(pk=mandate.pk, state=State.ACTIVE)
    standing.update(state=State.PAUSED, because=because[:200], changed_at=timezone.now())


@transaction.atomic
def resume_mandate(*, mandate: Mandate, by) -> None:
    paused = Mandate.objects.filter(pk=mandate.pk, state=State.PAUSED)
    if paused.update(state=State.ACTIVE, because="", changed_at=timezone.now()):
        record(by=by, act="fees.mandate_resumed", about=mandate.payer, details={"reference": mandate.reference})


def lapsing_before(day: date) -> date:
    """Who was last used before this day may not be used on `day` any more."""
    return add_months(day, -LAPSES_AFTER)


def usable_mandates(day: date):
    """Mandates with which may be collected on a day: active, signed by then, and used in the last 36 months."""
    limit = lapsing_before(day)
    used = Q(last_used_on__gte=limit) | Q(last_used_on__isnull=True, signed_on__gte=limit)
    return Mandate.objects.filter(used, state=State.ACTIVE, signed_on__lte=day)


def lapse_mandates() -> int:
    """For the clock: mandates that were not used for 36 months end by themselves; returns how many."""
    usable = usable_mandates(timezone.localdate()).values("pk")
    lapsed = Mandate.objects.filter(state=State.ACTIVE, signed_on__lte=timezone.localdate()).exclude(pk__in=usable)
    return lapsed.update(state=State.ENDED, because="not used for 36 months", changed_at=timezone.now())
