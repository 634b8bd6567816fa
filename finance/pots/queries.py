"""Reads about pots. Amounts in EUR cents."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from finance.ledger.models import Account, Line
from finance.pots.models import Allocation, Handover, PaymentRequest, Pot, PotRole, PurposeChange
from finance.providers.models import PaymentAttempt


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


def with_totals(pots):
    """Pots with what `pot_total` and `payers` say of each, for a question that takes many rooms together."""
    live = PaymentRequest.objects.live().filter(pot=OuterRef("pk")).order_by().values("pot")
    paid, left = Q(paid_cents__gte=F("amount_cents")), F("amount_cents") - F("paid_cents")
    code = Concat(Value("contributions:pot:"), Cast(OuterRef("pk"), CharField()))
    return pots.annotate(
        collected_cents=Coalesce(Subquery(Account.objects.filter(code=code).values("balance_cents")), 0),
        asked=Coalesce(Subquery(live.annotate(number=Count("pk")).values("number")), 0),
        paid=Coalesce(Subquery(live.annotate(number=Count("pk", filter=paid)).values("number")), 0),
        left_cents=Coalesce(Subquery(live.annotate(cents=Sum(left)).values("cents")), 0),
    )


def totals_read(pot: Pot) -> tuple[PotTotal, Payers]:
    """The total and the payers of a pot that was asked `with_totals`."""
    total = PotTotal(pot.pk, pot.collected_cents, pot.goal_cents or 0, pot.version)
    return total, Payers(pot.asked, pot.paid, pot.left_cents)


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


def is_underway(request: PaymentRequest) -> bool:
    """The payer's bank is busy with it, for example with a direct debit."""
    pending = PaymentAttempt.objects.filter(kind="pot", payable_id=request.pk)
    return pending.filter(status=PaymentAttempt.Status.PENDING).exists()


@dataclass(frozen=True, slots=True)
class Pledged:
    """What members promised of their own accord, and what of that has come in."""

    cents: int
    received_cents: int
    count: int


def pledged(pot: Pot) -> Pledged:
    row = (
        PaymentRequest.objects.live()
        .filter(pot=pot, nature=PaymentRequest.Nature.PLEDGE)
        .aggregate(all=Sum("amount_cents", default=0), came=Sum("paid_cents", default=0), count=Count("pk"))
    )
    return Pledged(row["all"], row["came"], row["count"])


def names_of_payers(pot: Pot) -> list[str]:
    """Who has paid, for a pot that shows it; never who has not, nor how much anybody gave."""
    paid = PaymentRequest.objects.filter(pot=pot, paid_cents__gt=0)
    return sorted(set(paid.values_list("party__display_name", flat=True)), key=str.casefold)


@dataclass(frozen=True, slots=True)
class OnlineOverview:
    """What the treasurer must know of online payments: held, on its way back, claimed from payers."""

    held: list
    at_provider_cents: int
    held_cents: int


def online_overview(held_attempts) -> OnlineOverview:
    held = list(held_attempts)
    at_provider = Account.objects.filter(code__startswith="online:").aggregate(all=Sum("balance_cents", default=0))
    return OnlineOverview(held, at_provider["all"], sum(attempt.refundable_cents for attempt in held))


def room_cents(request: PaymentRequest) -> int:
    """How much may still come in for this request: as far as it is open, and the pot is not full when it stops there.

    Ask it under the lock of the pot, or the last euro may be given away twice.
    """
    pot = request.pot
    if not (pot.hard_cap and pot.goal_cents and request.takes_cents):
        return request.takes_cents
    return min(request.takes_cents, max(0, pot.goal_cents - pot_total(pot).collected_cents))


def with_changes(pots):
    """Each pot with whether its payers are being asked about another purpose, and whether it ever changed hands."""
    waiting = PurposeChange.objects.filter(pot=OuterRef("pk"), decided_at__isnull=True)
    handed = Handover.objects.filter(pot=OuterRef("pk"), accepted_at__isnull=False)
    return pots.annotate(has_open_change=Exists(waiting), was_handed_over=Exists(handed))


def open_change(pot: Pot) -> PurposeChange | None:
    return pot.purpose_changes.filter(decided_at__isnull=True).first()


def answers_to(change: PurposeChange) -> dict[str, int]:
    answers = change.answers
    return answers.aggregate(
        yes=Count("pk", filter=Q(agrees=True)),
        no=Count("pk", filter=Q(agrees=False)),
        waiting=Count("pk", filter=Q(agrees__isnull=True)),
    )


def chef_of(pot: Pot) -> PotRole | None:
    return pot.roles.filter(role=PotRole.Role.CHEF, ended_at__isnull=True).select_related("member").first()


@dataclass(frozen=True, slots=True)
class Age:
    """Open requests by how late they are."""

    key: str
    count: int
    cents: int


# How many days late an open request is at least, per bucket; the last one is open-ended.
AGES = {"soon": None, "week": 1, "month": 8, "older": 31}


def open_by_age(requests) -> list[Age]:
    """All, the late ones, and each age on its own, in one query."""
    today = timezone.localdate()
    late = Q(due_on__lt=today)
    wanted = {"all": Q(), "late": late, "soon": ~late}
    bounds = list(AGES.items())[1:]
    for (key, least), following in zip(bounds, [*bounds[1:], (None, None)], strict=True):
        wanted[key] = Q(due_on__lte=today - timedelta(days=least))
        if following[1]:
            wanted[key] &= Q(due_on__gt=today - timedelta(days=following[1]))
    left = F("amount_cents") - F("paid_cents")
    row = requests.aggregate(
        **{f"{key}_count": Count("pk", filter=each) for key, each in wanted.items()},
        **{f"{key}_cents": Sum(left, filter=each, default=0) for key, each in wanted.items()},
    )
    return [Age(key, row[f"{key}_count"], row[f"{key}_cents"]) for key in wanted]


def pot_lines(pot: Pot):
    """The pot's lines in the books, oldest first: what the statement and the auditor read."""
    return (
        Line.objects.filter(Q(debit__ring=pot.ring) | Q(credit__ring=pot.ring))
        .select_related("entry", "debit", "credit")
        .order_by("pk")
    )


def last_round(pot: Pot) -> int:
    """The last time that members were asked; pledges and signing up for an event are nobody's asking."""
    asked = pot.requests.exclude(nature=PaymentRequest.Nature.PLEDGE).filter(for_event__isnull=True)
    return asked.aggregate(last=Max("round", default=0))["last"]
