"""Groups that are for other kinds of membership, or for who paid the fee: closing and opening places in them.

Only content closes: whoever belongs to a group votes in it, paid or not. The clock aligns the places every few
seconds, and a payment does so at once for who made it.
"""

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from finance.fees.models import Charge, Condition, FeeDetails, FeeGrant, Part
from groups.people.access import born_registry, paid_registry
from groups.people.models import Enrolment, Member
from groups.subgroups.models import Membership
from groups.subgroups.services import close_places, reopen_places
from theme.kept import today


def paid_charges(day):
    """Charges that give access on a day: paid whole, or in parts of which none is late."""
    late = Part.objects.open().filter(invoice=OuterRef("invoice_lines__invoice"), due_on__lt=day)
    in_order = Q(invoice_lines__invoice__settled_cents__gte=F("invoice_lines__invoice__total_cents")) | (
        Q(invoice_lines__invoice__settled_cents__gt=0) & ~Exists(late)
    )
    running = Charge.objects.live().filter(sort=Charge.Sort.FEE, access_until__gte=day, period_starts_on__lte=day)
    return running.filter(in_order, invoice_lines__cents__gt=0)


@paid_registry
def who_paid():
    """Members whose fee is paid today, or who need not pay: for pages that are for them alone."""
    day = today()
    exempt = FeeGrant.objects.on(day).filter(kind=FeeGrant.Kind.EXEMPT)
    return Member.objects.filter(
        Q(pk__in=paid_charges(day).values("member")) | Q(pk__in=exempt.values("member")), is_active=True
    )


@born_registry
def born_later(day):
    return Member.objects.filter(pk__in=FeeDetails.objects.filter(born_on__gt=day).values("member"))


def unmet_places():
    """Places in groups with a condition that the member does not meet today."""
    day = timezone.localdate()
    paid = paid_charges(day).filter(member=OuterRef("member"))
    exempt = FeeGrant.objects.on(day).filter(member=OuterRef("member"), kind=FeeGrant.Kind.EXEMPT)
    asked = Condition.kinds.through.objects.filter(condition__subgroup=OuterRef("subgroup"))
    held = Enrolment.objects.on(day).filter(
        member=OuterRef("member"),
        kind__in=Condition.kinds.through.objects.filter(condition__subgroup=OuterRef(OuterRef("subgroup"))).values(
            "membershipkind"
        ),
    )
    unpaid = Q(subgroup__fee_condition__needs_paid_fee=True) & ~Exists(paid) & ~Exists(exempt)
    places = Membership.objects.active().filter(subgroup__fee_condition__isnull=False)
    return places.filter(unpaid | (Exists(asked) & ~Exists(held)))


def align_places(member_ids=None) -> int:
    """Close and reopen what the conditions say by now; returns how many places changed."""
    wanted, closed = unmet_places(), Membership.objects.active().filter(closed_at__isnull=False)
    if member_ids is not None:
        wanted, closed = wanted.filter(member__in=member_ids), closed.filter(member__in=member_ids)
    unmet = set(wanted.values_list("pk", flat=True)) if Condition.objects.exists() else set()
    standing = set(closed.values_list("pk", flat=True))
    close_places(ids=unmet - standing)
    reopen_places(ids=standing - unmet)
    return len(unmet ^ standing)


def payment_changed(payer) -> None:
    """Something was paid or taken back for this payer: what it opens or closes, at once."""
    members = [payer.member_id] if payer.member_id else []
    members += payer.places.values_list("member_id", flat=True)
    align_places(member_ids=members)
