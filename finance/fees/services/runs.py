"""Fee runs: prepared to look at, started by a person, done in portions that each stand or fall as a whole."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from finance.fees import accounts
from finance.fees.errors import RunIsFinal, RunNotReady
from finance.fees.models import Charge, FeePlan, FeeRun, Payer, RunNote
from finance.fees.services.computing import Change, compare, plan_terms
from finance.fees.services.invoicing import credit, issue, lock_numbers
from finance.fees.services.payers import ensure_payers
from finance.ledger.models import Account
from finance.ledger.services import Transfer, post_new, reverse_many
from groups.people.audit import record
from groups.people.models import Member

PORTION = 1000
State = FeeRun.State


@transaction.atomic
def make_run(*, name: str, first_on: date, last_on: date, due_on: date, by, tells: bool = True) -> FeeRun:
    """A run to look at; nothing is booked before `start_run`. The figures follow by `work_on`."""
    return FeeRun.objects.create(
        name=name,
        first_on=first_on,
        last_on=last_on,
        due_on=due_on,
        tells=tells,
        made_by_label=str(by)[:160] if by else "",
    )


@transaction.atomic
def refresh_run(*, run: FeeRun) -> FeeRun:
    """Compute the figures of a run that has not begun once more. Raises RunNotReady."""
    run = FeeRun.objects.select_for_update().get(pk=run.pk)
    if run.state != State.READY:
        raise RunNotReady
    run.notes.all().delete()
    _rewind(run, State.PREPARING)
    run.save()
    return run


@transaction.atomic
def start_run(*, run: FeeRun, by) -> FeeRun:
    """Book what the run found. A run that is done may be started again: it adds only what is missing by then.

    Raises RunNotReady.
    """
    run = FeeRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in (State.READY, State.DONE):
        raise RunNotReady
    run.notes.all().delete()
    _rewind(run, State.RUNNING)
    run.started_at, run.finished_at = timezone.now(), None
    run.started_by_label, run.started_by_id = str(by)[:160], by.pk
    run.told_at = None
    run.save()
    record(by=by, act="fees.run_started", about=run, details={"from": str(run.first_on), "until": str(run.last_on)})
    return run


def _rewind(run: FeeRun, state: str) -> None:
    run.state, run.cursor, run.payers_done = state, 0, 0
    run.added = run.added_cents = run.reversed = run.reversed_cents = run.kept = run.kept_cents = 0
    run.figures = {}


@transaction.atomic
def cancel_run(*, run: FeeRun, by) -> FeeRun:
    """Put away a run that was only looked at. Raises RunIsFinal."""
    run = FeeRun.objects.select_for_update().get(pk=run.pk)
    if run.started_at or run.state not in (State.PREPARING, State.READY):
        raise RunIsFinal
    run.state = State.CANCELLED
    run.save(update_fields=["state"])
    record(by=by, act="fees.run_cancelled", about=run)
    return run


def work_on(run_id: int) -> FeeRun:
    """Prepare or do a run to its end; killed at any point and called again it goes on where it was."""
    ensure_payers()
    while do_portion(run_id):
        pass
    return FeeRun.objects.get(pk=run_id)


@transaction.atomic
def do_portion(run_id: int, size: int = PORTION) -> bool:
    """The next portion of payers, in one transaction with its place; False when the run is at its end."""
    lock_numbers(timezone.localdate().year)  # runs take turns, whoever started them
    run = FeeRun.objects.select_for_update().get(pk=run_id)
    if not run.is_busy:
        return False
    if run.cursor == 0:
        run.payers_total = Payer.objects.count()
    payers = list(Payer.objects.filter(pk__gt=run.cursor).order_by("pk")[:size])
    if not payers:
        return _finish(run)
    change = compare(payers, run, plan_terms())
    _note(run, change)
    if run.state == State.RUNNING:
        book(change, run)
    _count(run, change)
    run.cursor = payers[-1].pk
    run.payers_done = F("payers_done") + len(payers)
    run.save()
    return True


def _finish(run: FeeRun) -> bool:
    run.state = State.READY if run.state == State.PREPARING else State.DONE
    if run.state == State.DONE:
        run.finished_at = timezone.now()
        run.told_at = None if run.tells else run.finished_at
    run.payers_done = run.payers_total
    run.save()
    return False


def _note(run: FeeRun, change: Change) -> None:
    RunNote.objects.bulk_create(
        [
            RunNote(
                run=run,
                member_id=note.person_id,
                code=note.code,
                period_starts_on=note.period.starts_on if note.period else None,
            )
            for note in change.notes
        ],
        batch_size=PORTION,
    )


def _count(run: FeeRun, change: Change) -> None:
    run.added += len(change.added)
    run.added_cents += sum(wanted.cents for _payer, _member, wanted in change.added)
    run.reversed += len(change.reversed)
    run.reversed_cents += sum(charge.cents for charge in change.reversed)
    run.kept += len(change.kept)
    run.kept_cents += sum(charge.cents for charge in change.kept)
    run.figures = _figures(run.figures, change)


def _figures(figures: dict, change: Change) -> dict:
    """{"plan:tier:sort": [number, cents]} of all that stands after the run: for the totals per kind and amount."""
    numbers, cents = Counter(), Counter()
    for _payer, _member, wanted in change.added:
        key = f"{wanted.plan_id}:{wanted.tier_id or 0}:{wanted.sort}"
        numbers[key], cents[key] = numbers[key] + 1, cents[key] + wanted.cents
    for charge in change.kept:
        key = f"{charge.plan_id}:{charge.tier_id or 0}:{charge.sort}"
        numbers[key], cents[key] = numbers[key] + 1, cents[key] + charge.cents
    merged = dict(figures)
    for key in numbers:
        before = merged.get(key, [0, 0])
        merged[key] = [before[0] + numbers[key], before[1] + cents[key]]
    return merged


def book(change: Change, run: FeeRun) -> None:
    """Reverse what is wrong, add what is missing, and give out the credit notes and invoices for it."""
    by = Member.objects.filter(pk=run.started_by_id).first() if run.started_by_id else None
    if change.reversed:
        take_back_charges(charges=change.reversed, by=by, reason=run.name, run=run)
    if change.added:
        issue(charges=_add(change, run, by), due_on=run.due_on, run=run)


def take_back_charges(*, charges: list[Charge], by, reason: str, run: FeeRun | None = None) -> None:
    """Reverse charges in the books and credit their invoices, in the caller's transaction."""
    mirrors = reverse_many(entries=[charge.entry for charge in charges], by=by, reason=reason)
    for charge, mirror in zip(charges, mirrors, strict=True):
        charge.reversal = mirror
    Charge.objects.bulk_update(charges, ["reversal"], batch_size=500)
    credit(charges=charges, run=run)


def _add(change: Change, run: FeeRun, by) -> list[Charge]:
    owed, plans = accounts.receivable(), {plan.pk: plan for plan in FeePlan.objects.select_related("kind")}
    incomes: dict[int, Account] = {pk: accounts.income(pk) for pk in plans}
    facts, memos = [], []
    for _payer, _member, wanted in change.added:
        number = change.times.get(wanted.key, 0)
        key = f"fee:{wanted.stay_id}:{wanted.sort}:{wanted.period.starts_on}:{number}"
        facts.append((key, Transfer(owed, incomes[wanted.plan_id], wanted.cents)))
        memos.append(f"{plans[wanted.plan_id].kind.name} {wanted.covered.starts_on} – {wanted.covered.ends_on}")
    days = [timezone.localdate()] * len(facts)
    entries = post_new(facts=facts, kind="fee", by=by, value_dates=days, memos=memos)
    return Charge.objects.bulk_create(
        [
            _charge(payer, member, wanted, run, entry, plans[wanted.plan_id])
            for (payer, member, wanted), entry in zip(change.added, entries, strict=True)
        ],
        batch_size=PORTION,
    )


def _charge(payer, member, wanted, run, entry, plan) -> Charge:
    return Charge(
        payer=payer,
        member=member,
        member_label=member.display_name[:160],
        enrolment_id=wanted.stay_id,
        plan=plan,
        tier_id=wanted.tier_id,
        run=run,
        sort=wanted.sort,
        label=plan.kind.name,
        period_starts_on=wanted.period.starts_on,
        period_ends_on=wanted.period.ends_on,
        covers_from=wanted.covered.starts_on,
        covers_until=wanted.covered.ends_on,
        cents=wanted.cents,
        full_cents=wanted.full_cents,
        percent_off=wanted.percent_off,
        access_until=wanted.period.ends_on + timedelta(days=plan.grace_days),
        entry=entry,
    )


def unfinished_runs():
    """Runs whose worker was killed or never told, and runs that still have members to tell; for the clock."""
    busy = Q(state__in=[State.PREPARING, State.RUNNING]) | Q(state=State.DONE, told_at__isnull=True)
    return FeeRun.objects.filter(busy)
