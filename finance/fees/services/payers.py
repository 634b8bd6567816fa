"""Who pays for whom."""

from django.db import transaction
from django.db.models import Max

from finance.fees.errors import PaysElsewhere
from finance.fees.models import Payer, PayerPlace
from groups.people.audit import record
from groups.people.models import Enrolment, Member

BATCH = 1000


@transaction.atomic
def ensure_payers() -> int:
    """Give everybody who was ever enrolled and pays for themselves a row to be charged under; returns how many."""
    known = Payer.objects.filter(member__isnull=False).values("member")
    placed = PayerPlace.objects.values("member")
    missing = Member.objects.filter(pk__in=Enrolment.objects.values("member")).exclude(pk__in=known)
    missing = missing.exclude(pk__in=placed).order_by("pk").only("first_name", "name_prefix", "last_name")
    made = [Payer(member=member, name=member.display_name[:160]) for member in missing.iterator(chunk_size=BATCH)]
    Payer.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return len(made)


def payer_of(member) -> Payer:
    """The payer of this member's fees: their household or body, else themselves."""
    place = PayerPlace.objects.select_related("payer").filter(member=member).first()
    if place:
        return place.payer
    return Payer.objects.get_or_create(member=member, defaults={"name": member.display_name[:160]})[0]


@transaction.atomic
def found_household(
    *, by, name: str, contact, members, kind: str = Payer.Kind.HOUSEHOLD, address="", registration=""
) -> Payer:
    """Let several members, or a body's people, be charged on one invoice. Raises PaysElsewhere."""
    payer = Payer.objects.create(kind=kind, name=name, contact=contact, address=address, registration=registration)
    for member in members:
        add_to_household(payer=payer, member=member, by=by)
    record(by=by, act="fees.household_made", about=payer, details={"members": len(members)})
    return payer


@transaction.atomic
def add_to_household(*, payer: Payer, member, by) -> PayerPlace:
    """From the next charge on this member's fee goes to `payer`. Raises PaysElsewhere."""
    payer = Payer.objects.select_for_update().get(pk=payer.pk)
    if PayerPlace.objects.filter(member=member).exists():
        raise PaysElsewhere
    last = payer.places.aggregate(last=Max("position"))["last"]
    place = payer.places.create(member=member, position=0 if last is None else last + 1)
    record(by=by, act="fees.household_joined", about=payer, details={"member": member.pk})
    return place


@transaction.atomic
def leave_household(*, place: PayerPlace, by) -> None:
    """From the next charge on this member pays for themselves again."""
    record(by=by, act="fees.household_left", about=place.payer, details={"member": place.member_id})
    place.delete()
