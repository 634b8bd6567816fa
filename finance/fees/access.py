"""Who sees which fees: one's own, and the money office."""

from django.db.models import Q

from finance.fees.models import (
    Arrangement,
    Charge,
    CollectionBatch,
    FeeGrant,
    FeePlan,
    FeeRun,
    Invoice,
    Mandate,
    Payer,
    Stop,
    WriteOff,
)
from groups.people.access import may_for_association
from groups.people.models import Enrolment, Member, kept_from
from groups.subgroups.models import Subgroup


def sees_fees(member) -> bool:
    return may_for_association(member, "see_books")


def manages_fees(member) -> bool:
    return may_for_association(member, "manage_fees")


def may_approve(member) -> bool:
    """Deciding what another proposed: the treasurer and the board."""
    return may_for_association(member, "approve_fees")


def own_payers(member):
    """The payers in whose name the member is told and may pay: themselves, and households they are the contact of."""
    return Payer.objects.filter(Q(member=member.pk) | Q(contact=member.pk))


def own_invoices(member):
    return Invoice.objects.filter(payer__in=own_payers(member)).select_related("payer", "credits")


def visible_invoices(member):
    """One's own invoices, and all of them for who sees the books."""
    invoices = Invoice.objects.select_related("payer", "credits")
    return invoices if sees_fees(member) else invoices.filter(payer__in=own_payers(member))


def own_enrolments(member):
    return Enrolment.objects.filter(member=member.pk).select_related("kind")


def own_stops(member):
    return Stop.objects.filter(enrolment__member=member.pk, undone_at__isnull=True)


def own_charges(member):
    """What was charged for the member, whoever pays it."""
    return Charge.objects.filter(member=member.pk)


def visible_plans(member):
    plans = FeePlan.objects.select_related("kind").prefetch_related("tiers")
    return plans if sees_fees(member) else plans.none()


def visible_runs(member):
    return FeeRun.objects.all() if sees_fees(member) else FeeRun.objects.none()


def visible_payers(member):
    payers = Payer.objects.select_related("member", "contact")
    return payers if sees_fees(member) else payers.none()


def visible_arrangements(member):
    """Only who manages fees reads what members ask in private; not the auditors, not the board."""
    asked = Arrangement.objects.select_related("invoice__payer", "asked_by")
    return asked if manages_fees(member) else asked.none()


def visible_write_offs(member):
    rows = WriteOff.objects.select_related("invoice__payer")
    return rows if sees_fees(member) else rows.none()


def visible_grants(member):
    grants = FeeGrant.objects.select_related("member")
    return grants if manages_fees(member) else grants.none()


def chargeable_members(member):
    """Everybody who is or was enrolled, for who manages fees."""
    people = Member.objects.filter(pk__in=Enrolment.objects.values("member"))
    return people if manages_fees(member) else people.none()


def conditioned_subgroups(member):
    """The groups of which who manages fees may set who can enter."""
    groups = Subgroup.objects.active().exclude(kept_from(member)).select_related("fee_condition").order_by("name")
    return groups if manages_fees(member) else groups.none()


def own_mandates(member):
    """Mandates of the payers in whose name the member may pay, that still count."""
    standing = [Mandate.State.ACTIVE, Mandate.State.PAUSED]
    return Mandate.objects.filter(payer__in=own_payers(member), state__in=standing)


def visible_mandates(member):
    return Mandate.objects.select_related("payer") if manages_fees(member) else Mandate.objects.none()


def visible_batches(member):
    return CollectionBatch.objects.defer("content") if sees_fees(member) else CollectionBatch.objects.none()
