"""What a portion of payers should be charged, compared with what is booked. Reads only."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from finance.fees import calculation
from finance.fees.calculation import Note, Person, Plan, Wanted
from finance.fees.models import Charge, FeeDetails, FeeGrant, FeePlan, FeeRun, Payer, PayerPlace
from groups.people.models import Enrolment, Member


@dataclass
class Change:
    """What a run does for one portion: charges to add, to take back, and to leave as they are."""

    added: list[tuple[Payer, Member, Wanted]] = field(default_factory=list)
    reversed: list[Charge] = field(default_factory=list)
    kept: list[Charge] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    times: dict[tuple, int] = field(default_factory=lambda: defaultdict(int))  # how often each key was charged before


def plan_terms() -> list[Plan]:
    return [plan.terms() for plan in FeePlan.objects.prefetch_related("tiers")]


def compare(payers: list[Payer], run: FeeRun, plans: list[Plan]) -> Change:
    """The difference between what these payers should be charged in the run's days and what they were charged."""
    change = Change()
    paid_by = _paid_by(payers)
    persons = persons_of(paid_by, run.last_on)
    members = Member.objects.only("first_name", "name_prefix", "last_name").in_bulk(list(paid_by))
    booked = _booked(list(paid_by), run, change)
    for person in persons:
        outcome = calculation.charges(person, plans, run.first_on, run.last_on)
        change.notes += outcome.notes
        payer = paid_by[person.id][0]
        for wanted in outcome.wanted:
            _compare_one(change, payer, members[person.id], wanted, booked)
    change.reversed += [charge for charges in booked.values() for charge in charges]
    change.notes += [
        Note(charge.member_id, "reversed", _Span(charge.period_starts_on))
        for charge in change.reversed
        if charge.member_id
    ]
    return change


@dataclass(frozen=True, slots=True)
class _Span:
    starts_on: object


def _paid_by(payers: list[Payer]) -> dict[int, tuple[Payer, int]]:
    """{member: (payer, rank in the household)}."""
    by_id = {payer.pk: payer for payer in payers}
    own = {payer.member_id: (payer, 0) for payer in payers if payer.member_id}
    placed = set(PayerPlace.objects.filter(member__in=list(own)).values_list("member_id", flat=True))
    found = {member: where for member, where in own.items() if member not in placed}
    ranks: dict[int, int] = defaultdict(int)
    for place in PayerPlace.objects.filter(payer__in=list(by_id)).order_by("position", "pk"):
        found[place.member_id] = (by_id[place.payer_id], ranks[place.payer_id])
        ranks[place.payer_id] += 1
    return found


def persons_of(paid_by: dict[int, tuple], last_on) -> list[Person]:
    """What the calculation needs of these members; who was never enrolled by `last_on` is left out."""
    ids = list(paid_by)
    stays, grants = defaultdict(list), defaultdict(list)
    for stay in Enrolment.objects.filter(member__in=ids, starts_on__lte=last_on).order_by("starts_on", "pk"):
        stays[stay.member_id].append(calculation.Stay(stay.pk, stay.kind_id, stay.starts_on, stay.ends_on))
    for grant in FeeGrant.objects.filter(member__in=ids):
        grants[grant.member_id].append(grant.terms())
    born = dict(FeeDetails.objects.filter(member__in=ids).values_list("member_id", "born_on"))
    return [
        Person(pk, tuple(stays[pk]), born.get(pk), tuple(grants[pk]), rank)
        for pk, (_payer, rank) in paid_by.items()
        if pk in stays
    ]


def rank_in_household(member) -> int:
    """0 for who pays the full fee, more for the others of a household."""
    place = PayerPlace.objects.filter(member=member).first()
    if place is None:
        return 0
    before = Q(position__lt=place.position) | Q(position=place.position, pk__lt=place.pk)
    return PayerPlace.objects.filter(before, payer=place.payer_id).count()


def _booked(member_ids, run, change) -> dict[tuple, list[Charge]]:
    """Charges that stand, by key; a charge whose enrolment is gone has a key that nothing wants."""
    booked = defaultdict(list)
    charges = Charge.objects.filter(
        member__in=member_ids, period_starts_on__range=(run.first_on, run.last_on), sort__in=["fee", "entrance"]
    )
    for charge in charges.select_related("entry"):
        key = (charge.enrolment_id, charge.sort, charge.period_starts_on)
        change.times[key] += 1
        if charge.reversal_id is None:
            booked[key].append(charge)
    return booked


def _compare_one(change, payer, member, wanted, booked) -> None:
    standing = booked.get(wanted.key)
    if standing and _is_same(standing[0], wanted):
        change.kept.append(standing.pop(0))
    else:
        change.added.append((payer, member, wanted))


def _is_same(charge: Charge, wanted: Wanted) -> bool:
    booked = (charge.cents, charge.covers_from, charge.covers_until)
    return booked == (wanted.cents, wanted.covered.starts_on, wanted.covered.ends_on)
