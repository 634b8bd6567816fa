"""Reads about pots. Amounts in EUR cents."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, Sum, When
from django.utils import timezone

from finance.ledger.models import Account, Line
from finance.pots.models import Allocation, PaymentRequest, Pot, PotRole


@dataclass(frozen=True, slots=True)
class PotTotal:
    """What every member of the group may know. `version` only grows: an older fact is ignored."""

    pot_id: int
    collected_cents: int
    goal_cents: int
    version: int

    @property
    def percent(self) -> int:
        """0 to 100, rounded down, so that 100 means the goal was really reached."""
        if not self.goal_cents:
            return 100 if self.collected_cents else 0
        return min(100, 100 * self.collected_cents // self.goal_cents)

    @property
    def surplus_cents(self) -> int:
        return max(0, self.collected_cents - self.goal_cents) if self.goal_cents else 0

    def fact(self) -> dict:
        return {**asdict(self), "percent": self.percent}


def pot_total(pot: Pot) -> PotTotal:
    return pot_totals([pot])[pot.pk]


def pot_totals(pots) -> dict[int, PotTotal]:
    """The totals of many pots in one query."""
    pots = list(pots)
    codes = [f"contributions:{pot.ring}" for pot in pots]
    collected = dict(Account.objects.filter(code__in=codes).values_list("ring", "balance_cents"))
    return {pot.pk: PotTotal(pot.pk, collected.get(pot.ring, 0), pot.goal_cents or 0, pot.version) for pot in pots}


@dataclass(frozen=True, slots=True)
class Payers:
    """How many were asked and how many have paid; who was let off is not counted."""

    asked: int
    paid: int
    open_cents: int


def payers(pot: Pot) -> Payers:
    live = PaymentRequest.objects.live().filter(pot=pot)
    row = live.aggregate(
        asked=Count("pk"),
        paid=Count("pk", filter=Q(paid_cents__gte=F("amount_cents"))),
        left=Sum(F("amount_cents") - F("paid_cents"), default=0),
    )
    return Payers(row["asked"], row["paid"], row["left"])


@dataclass(frozen=True, slots=True)
class Balance:
    bank_cents: int
    cash_cents: int
    online_cents: int  # received by a provider and not yet at the bank

    @property
    def total_cents(self) -> int:
        return self.bank_cents + self.cash_cents + self.online_cents


def pot_balance(pot: Pot) -> Balance:
    """What is in the pot now, at the bank and in cash."""
    assets = Account.objects.filter(ring=pot.ring, kind=Account.Kind.ASSET)
    row = assets.aggregate(
        bank=Sum("balance_cents", filter=Q(code__startswith="bank:"), default=0),
        cash=Sum("balance_cents", filter=Q(code__startswith="cash:"), default=0),
        online=Sum("balance_cents", filter=Q(code__startswith="online:"), default=0),
    )
    return Balance(row["bank"], row["cash"], row["online"])


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of “in and out”: contributions of a day together, without names."""

    on: date
    cents: int
    contributions: int
    label: str = ""


def movements(pot: Pot, limit: int = 10) -> list[Movement]:
    """Incoming per day without names, so that the list never tells who has not paid; expenses by purpose."""
    days = (
        Allocation.objects.filter(request__pot=pot)
        .annotate(on=F("entry__value_date"))
        .values("on")
        .annotate(count=Sum(Case(When(cents__gt=0, then=1), default=-1)), total=Sum("cents"))
        .exclude(total=0)
        .order_by("-on")[:limit]
    )
    spent = pot.expenses.filter(paid_cents__gt=0).order_by("-paid_on", "-pk")[:limit]
    found = [Movement(row["on"], row["total"], row["count"]) for row in days]
    found += [Movement(expense.paid_on, -expense.paid_cents, 0, expense.purpose) for expense in spent]
    return sorted(found, key=lambda movement: movement.on, reverse=True)[:limit]


def chef_of(pot: Pot) -> PotRole | None:
    return pot.roles.filter(role=PotRole.Role.CHEF, ended_at__isnull=True).select_related("member").first()


@dataclass(frozen=True, slots=True)
class Age:
    """Open requests by how late they are."""

    key: str
    count: int
    cents: int


def open_by_age(requests) -> list[Age]:
    today = timezone.localdate()
    row = requests.aggregate(
        all_count=Count("pk"),
        all_cents=Sum(F("amount_cents") - F("paid_cents"), default=0),
        late_count=Count("pk", filter=Q(due_on__lt=today)),
        late_cents=Sum(F("amount_cents") - F("paid_cents"), filter=Q(due_on__lt=today), default=0),
    )
    return [Age("all", row["all_count"], row["all_cents"]), Age("late", row["late_count"], row["late_cents"])]


def pot_lines(pot: Pot):
    """The pot's lines in the books, oldest first: what the statement and the auditor read."""
    return (
        Line.objects.filter(Q(debit__ring=pot.ring) | Q(credit__ring=pot.ring))
        .select_related("entry", "debit", "credit")
        .order_by("pk")
    )
