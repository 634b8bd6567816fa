"""Reading the fees: what is open, and whether the invoices agree with the books."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum
from django.utils import timezone

from finance.fees import accounts, calculation
from finance.fees.calendar import ONE_DAY, period_at
from finance.fees.models import (
    Allocation,
    Charge,
    CollectionBatch,
    DebitSettings,
    FeePlan,
    FeeRun,
    FormalLetter,
    Invoice,
    Part,
)
from finance.fees.services.computing import persons_of, rank_in_household


@dataclass(frozen=True, slots=True)
class FeeProof:
    """What the invoices say is open against what the books say. Amounts in EUR cents."""

    invoices_cents: int
    books_cents: int

    @property
    def holds(self) -> bool:
        return self.invoices_cents == self.books_cents


def with_what_they_owe(payers):
    """The payers, each with `owes_cents`: what is open on their invoices, without what is to their credit."""
    is_invoice = Q(invoices__total_cents__gt=0)
    open_cents = F("invoices__total_cents") - F("invoices__settled_cents")
    return payers.annotate(owes_cents=Sum(open_cents, filter=is_invoice, default=0)).order_by("name", "pk")


def fee_proof() -> FeeProof:
    open_now = Invoice.objects.aggregate(total=Sum(F("total_cents") - F("settled_cents"), default=0))["total"]
    return FeeProof(open_now, accounts.receivable().balance_cents)


def faults() -> list[str]:
    """What does not add up, in plain words for a log; empty when all is well."""
    found = [] if fee_proof().holds else ["the open invoices differ from the receivable in the books"]
    counted = dict(Allocation.objects.order_by().values_list("part").annotate(total=Sum("cents")))
    parts = Part.objects.values_list("pk", "paid_cents")
    found += [f"part {pk} says {cents} was paid" for pk, cents in parts if counted.get(pk, 0) != cents]
    lines = dict(Invoice.objects.order_by().values_list("pk").annotate(total=Sum("lines__cents")))
    totals = Invoice.objects.values_list("pk", "total_cents")
    found += [f"invoice {pk} and its lines differ" for pk, cents in totals if lines.get(pk) != cents]
    return found + _gaps()


def _gaps() -> list[str]:
    """Book years in which an invoice number is missing."""
    years: dict[int, list[int]] = {}
    for year, sequence in Invoice.objects.order_by("year", "sequence").values_list("year", "sequence"):
        years.setdefault(year, []).append(sequence)
    return [
        f"numbers are missing in {year}" for year, found in years.items() if found != list(range(1, len(found) + 1))
    ]


@dataclass(frozen=True, slots=True)
class RunLine:
    """One amount of one plan in a run, beside the same a year before."""

    label: str
    number: int
    cents: int
    number_before: int
    cents_before: int

    @property
    def difference_cents(self) -> int:
        return self.cents - self.cents_before


def run_lines(run: FeeRun) -> list[RunLine]:
    """The totals of a run per kind and sort, with those of the periods that began a year before."""
    names = {str(plan.pk): plan.kind.name for plan in FeePlan.objects.select_related("kind")}
    sorts = dict(Charge.Sort.choices)
    now: dict[tuple, list[int]] = {}
    for key, (number, cents) in run.figures.items():
        plan, _tier, sort = key.split(":")
        _add(now, (names.get(plan, "?"), sort), number, cents)
    before = _year_before(run)
    lines = []
    for label, sort in sorted({*now, *before}):
        mine, theirs = now.get((label, sort), [0, 0]), before.get((label, sort), [0, 0])
        lines.append(RunLine(f"{label} · {sorts[sort]}", *mine, *theirs))
    return lines


def _year_before(run: FeeRun) -> dict[tuple, list[int]]:
    span = [_year_earlier(run.first_on), _year_earlier(run.last_on)]
    charges = Charge.objects.live().filter(period_starts_on__range=span).exclude(plan__isnull=True)
    found: dict[tuple, list[int]] = {}
    for label, sort, cents in charges.order_by().values_list("plan__kind__name", "sort", "cents").iterator():
        _add(found, (label, sort), 1, cents)
    return found


def _year_earlier(day):
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _add(totals, key, number, cents) -> None:
    before = totals.get(key, [0, 0])
    totals[key] = [before[0] + number, before[1] + cents]


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still to be paid by everybody together. Amounts in EUR cents."""

    open_cents: int
    late_cents: int
    credit_cents: int


def owed() -> Owed:
    parts = Part.objects.open()
    total = Sum(F("cents") - F("paid_cents"), default=0)
    late = parts.filter(due_on__lt=timezone.localdate())
    notes = Invoice.objects.filter(total_cents__lt=0).aggregate(
        total=Sum(F("settled_cents") - F("total_cents"), default=0)
    )
    return Owed(parts.aggregate(total=total)["total"], late.aggregate(total=total)["total"], notes["total"])


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a member can expect: the running membership, and what the next period will cost."""

    enrolment: object
    plan: FeePlan | None
    next_on: date | None
    next_cents: int | None


def fee_outlook(member, enrolments) -> Outlook | None:
    """The membership that goes on now, with the day and the amount of the next period; None without one."""
    today = timezone.localdate()
    current = enrolments.on(today).order_by("-starts_on").first()
    if current is None:
        return None
    plan = FeePlan.objects.on(today).filter(kind=current.kind_id).prefetch_related("tiers").first()
    if plan is None or current.ends_on:
        return Outlook(current, plan, None, None)
    next_on = period_at(plan.anchor, plan.months, today).ends_on + ONE_DAY
    return Outlook(current, plan, next_on, next_amount(member, plan, next_on))


def next_amount(member, plan: FeePlan, day: date) -> int:
    """The cents that the period starting on `day` will cost this member, by what is known today."""
    persons = persons_of({member.pk: (None, rank_in_household(member))}, day)
    return sum(
        each.cents for person in persons for each in calculation.charges(person, [plan.terms()], day, day).wanted
    )


def invoice_payments(invoice: Invoice):
    """What counted for an invoice and still does, oldest first."""
    counted = Allocation.objects.filter(part__invoice=invoice, undoes__isnull=True, undone_by__isnull=True)
    return counted.select_related("credit_note", "entry").order_by("at", "pk")


def open_credit():
    """Credit notes of which something is left to pay back, oldest first."""
    return Invoice.objects.filter(total_cents__lt=0, settled_cents__gt=F("total_cents")).select_related("payer")


def late_invoices():
    """Invoices with a part that is past its day, longest late first, with what is late and since when."""
    late = Q(parts__due_on__lt=timezone.localdate(), parts__dropped_at__isnull=True)
    late &= Q(parts__paid_cents__lt=F("parts__cents"))
    return (
        Invoice.objects.filter(settled_cents__lt=F("total_cents"), total_cents__gt=0)
        .annotate(
            late_cents=Sum(F("parts__cents") - F("parts__paid_cents"), filter=late),
            late_since=Min("parts__due_on", filter=late),
            letter_sent=Exists(FormalLetter.objects.filter(invoice=OuterRef("pk"))),
        )
        .filter(late_cents__gt=0)
        .select_related("payer")
        .order_by("late_since", "pk")
    )


def debit_settings() -> DebitSettings | None:
    return DebitSettings.objects.select_related("bank_account").first()


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """What a collection asked, what came in, and what went back. Amounts in EUR cents."""

    number: int
    asked_cents: int
    collected: int
    collected_cents: int
    returned: int
    returned_cents: int


def batch_totals(batch: CollectionBatch) -> BatchTotals:
    came, went = Q(collected_on__isnull=False), Q(returned_on__isnull=False)
    row = batch.items.filter(dropped_at__isnull=True).aggregate(
        number=Count("pk"),
        asked_cents=Sum("cents", default=0),
        collected=Count("pk", filter=came),
        collected_cents=Sum("cents", filter=came, default=0),
        returned=Count("pk", filter=went),
        returned_cents=Sum("cents", filter=went, default=0),
    )
    return BatchTotals(**row)
