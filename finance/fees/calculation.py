"""What a member owes, as a pure function: no database and no clock, so that every rule can be tried by the thousand.

One rounding per charge: the amount of a period from some day to its end is rounded half up; a part in the middle is
the difference of two such amounts. So whoever joins pays the stated amount to the cent, and the parts of one period
always sum to the whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from finance.fees.calendar import ONE_DAY, Period, age_on, months_left, periods_starting_between

NONE, MONTH, DAY = "none", "month", "day"
FEE, ENTRANCE = "fee", "entrance"
EXEMPT, PERCENT, LESS, FIXED = "exempt", "percent", "less", "fixed"


@dataclass(frozen=True, slots=True)
class Tier:
    """What a plan costs per period from a day on, for an age from … up to and including …"""

    id: int
    valid_from: date
    cents: int
    min_age: int | None = None
    max_age: int | None = None

    @property
    def asks_age(self) -> bool:
        return self.min_age is not None or self.max_age is not None

    def fits(self, age: int | None) -> bool:
        if age is None:
            return not self.asks_age
        return (self.min_age is None or age >= self.min_age) and (self.max_age is None or age <= self.max_age)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one kind of membership is charged."""

    id: int
    kind_id: int
    anchor: date
    months: int
    starts_on: date
    ends_on: date | None = None
    proration: str = NONE
    prorates_leaving: bool = False
    roll_days: int = 0
    entrance_cents: int = 0
    household_percent: int = 0  # off for the second and further members of a household
    tiers: tuple[Tier, ...] = ()

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Stay:
    """One enrolment: a kind of membership from a day, up to and including another."""

    id: int
    kind_id: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """An exemption or discount of one member; percentages add up to 100 at most, cents come off after them."""

    kind: str
    value: int
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Person:
    """Everything about one member that their fee depends on. `rank` is 0 for the first of a household."""

    id: int
    stays: tuple[Stay, ...]
    born_on: date | None = None
    grants: tuple[Grant, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A charge that should be booked."""

    stay_id: int
    plan_id: int
    tier_id: int | None
    sort: str
    period: Period
    covered: Period
    cents: int
    full_cents: int  # what a whole period costs without discounts
    percent_off: int = 0

    @property
    def key(self) -> tuple:
        return (self.stay_id, self.sort, self.period.starts_on)


@dataclass(frozen=True, slots=True)
class Note:
    """Why somebody is not charged, or not the ordinary amount; for the treasurer to look at."""

    person_id: int
    code: str  # no_plan, no_tier, age_unknown, exempt, discount, rolled, nothing
    period: Period | None = None


@dataclass(slots=True)
class Outcome:
    wanted: list[Wanted] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def half_up(value: Fraction) -> int:
    """Cents, rounded once; for amounts that are not negative."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def charges(person: Person, plans: Iterable[Plan], first: date, last: date) -> Outcome:
    """What `person` owes for every period that starts from `first` up to and including `last`."""
    outcome, by_kind = Outcome(), _by_kind(plans)
    paying = sorted((s for s in person.stays if s.kind_id in by_kind), key=lambda stay: (stay.starts_on, stay.id))
    for number, stay in enumerate(paying):
        if not stay.ends_on or stay.ends_on >= first:  # periods begun before `first` belong to an earlier run
            _charge_stay(outcome, person, paying, number, by_kind[stay.kind_id], first, last)
    for stay in person.stays:
        if stay.kind_id not in by_kind and stay.starts_on <= last and (not stay.ends_on or stay.ends_on >= first):
            outcome.notes.append(Note(person.id, "no_plan"))
    return outcome


def _by_kind(plans: Iterable[Plan]) -> dict[int, list[Plan]]:
    found: dict[int, list[Plan]] = {}
    for plan in plans:
        found.setdefault(plan.kind_id, []).append(plan)
    return found


def _charge_stay(outcome, person, stays, number, plans, first, last) -> None:
    for plan in plans:
        for period in periods_starting_between(plan.anchor, plan.months, first, last):
            if plan.holds_on(period.starts_on):
                _charge_period(outcome, person, stays, number, plan, period)


def _charge_period(outcome, person, stays, number, plan, period) -> None:
    stay = stays[number]
    covered = _covered(stays, number, plan, period)
    if covered is None:
        return
    if number == 0 and stay.starts_on >= period.starts_on and plan.entrance_cents:
        outcome.wanted.append(_entrance(stay, plan, period))
    if plan.roll_days and stay.starts_on > period.starts_on and _is_rolled(stays, number, plan, period):
        outcome.notes.append(Note(person.id, "rolled", period))
        return
    tier = tier_for(plan, person, period)
    if tier is None:
        code = "age_unknown" if person.born_on is None and plan.tiers else "no_tier"
        outcome.notes.append(Note(person.id, code, period))
        return
    _charge_fee(outcome, person, stay, plan, tier, period, covered)


def _charge_fee(outcome, person, stay, plan, tier, period, covered) -> None:
    grants = [grant for grant in person.grants if grant.holds_on(covered.starts_on)]
    base, percent = discounted(tier.cents, grants, plan.household_percent if person.rank else 0)
    cents = prorated(base, plan, period, covered)
    if any(grant.kind == EXEMPT for grant in grants):
        outcome.notes.append(Note(person.id, "exempt", period))
    elif cents <= 0:
        outcome.notes.append(Note(person.id, "nothing", period))
    elif grants:
        outcome.notes.append(Note(person.id, "discount", period))
    if cents > 0:
        outcome.wanted.append(Wanted(stay.id, plan.id, tier.id, FEE, period, covered, cents, tier.cents, percent))


def _entrance(stay: Stay, plan: Plan, period: Period) -> Wanted:
    day = Period(stay.starts_on, stay.starts_on)
    return Wanted(stay.id, plan.id, None, ENTRANCE, period, day, plan.entrance_cents, plan.entrance_cents)


def _covered(stays, number, plan, period) -> Period | None:
    """The part of the period that this stay pays for, or None when it pays nothing.

    Whoever changes kind within a period pays each kind for its part; who leaves and comes back does not pay twice.
    Without proration a change counts from the next period, and who leaves pays the period out, as the law has it
    unless the articles say otherwise (article 2:35 of the Dutch Civil Code).
    """
    stay = stays[number]
    if stay.starts_on > period.ends_on or (stay.ends_on and stay.ends_on < period.starts_on):
        return None
    if plan.proration == NONE:
        return None if number and _overlaps(stays[number - 1], period) else period
    return Period(max(stay.starts_on, period.starts_on), _last_paid(stays, number, plan, period))


def _overlaps(stay: Stay, period: Period) -> bool:
    return stay.ends_on is None or stay.ends_on >= period.starts_on


def _last_paid(stays, number, plan, period) -> date:
    stay = stays[number]
    if stay.ends_on is None or stay.ends_on >= period.ends_on:
        return period.ends_on
    following = stays[number + 1].starts_on if number + 1 < len(stays) else None
    if plan.prorates_leaving or following == stay.ends_on + ONE_DAY:
        return stay.ends_on
    return min(period.ends_on, following - ONE_DAY) if following else period.ends_on


def _follows(stays, number) -> bool:
    return number > 0 and stays[number - 1].ends_on == stays[number].starts_on - ONE_DAY


def _is_rolled(stays, number, plan, period) -> bool:
    """Joined so near the end of the period that it begins to count with the next one."""
    late = stays[number].starts_on > period.ends_on - timedelta(days=plan.roll_days)
    return late and not _follows(stays, number)


def tier_for(plan: Plan, person: Person, period: Period) -> Tier | None:
    """The newest tier that holds when the period starts and fits the age on that day; one that asks an age first."""
    age = age_on(person.born_on, period.starts_on) if person.born_on else None
    fitting = [tier for tier in plan.tiers if tier.valid_from <= period.starts_on and tier.fits(age)]
    return max(fitting, key=lambda tier: (tier.asks_age, tier.valid_from, tier.id), default=None)


def discounted(cents: int, grants: list[Grant], household_percent: int) -> tuple[Fraction, int]:
    """The amount of a whole period after discounts, not rounded yet, and the percentage that went off."""
    if any(grant.kind == EXEMPT for grant in grants):
        return Fraction(0), 100
    fixed = [grant.value for grant in grants if grant.kind == FIXED]
    if fixed:
        return Fraction(min(fixed)), 0
    percent = min(100, household_percent + sum(grant.value for grant in grants if grant.kind == PERCENT))
    less = sum(grant.value for grant in grants if grant.kind == LESS)
    return max(Fraction(0), Fraction(cents * (100 - percent), 100) - less), percent


def prorated(base: Fraction, plan: Plan, period: Period, covered: Period) -> int:
    """The cents of the covered part. Rounded half up, from its first day to the end of the period; what lies behind
    the part comes off as an amount rounded in the same way, so that parts sum to the whole."""
    if plan.proration == NONE or covered == period:
        return half_up(base)
    behind = covered.ends_on + ONE_DAY
    return half_up(base * _share(plan, period, covered.starts_on)) - half_up(base * _share(plan, period, behind))


def _share(plan: Plan, period: Period, day: date) -> Fraction:
    """Which part of the period is still to come on `day`."""
    if day > period.ends_on:
        return Fraction(0)
    if plan.proration == DAY:
        return Fraction((period.ends_on - day).days + 1, period.days)
    return Fraction(months_left(period, plan.anchor, day), plan.months)
