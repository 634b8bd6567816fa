"""A year of the club, played month by month with the same services as the pages use."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from lxml import etree

from community.portal.demo.bank import Statements
from community.portal.demo.clock import on_day
from finance.bank.models import BankAccount
from finance.bank.queries import newest_statement
from finance.bank.services import import_statement
from finance.fees.calendar import add_months
from finance.fees.errors import NothingToCollect
from finance.fees.models import (
    Allocation,
    Charge,
    CollectionItem,
    DebitSettings,
    Invoice,
    Mandate,
    Part,
    Payer,
    WriteOff,
)  # fmt: skip
from finance.fees.queries import faults, open_credit
from finance.fees.services import (
    approve_batch,
    choose_parts,
    decide_write_off,
    export_batch,
    make_batch,
    make_run,
    pay_back,
    propose_write_off,
    start_run,
    stop_membership,
    tell_batch,
    work_on,
)  # fmt: skip
from finance.fees.tasks import finish
from finance.ledger.exports import audit_file
from finance.ledger.models import Account, Line
from finance.ledger.seals import faults as ledger_faults
from finance.money import format_cents
from groups.people.access import members_with_right
from groups.people.models import Enrolment, Member, MembershipKind
from groups.people.services import end_enrolment, enrol

JOINERS = 3  # a month
NEVER_PAY = 4
RETURNS = ("MD06", "AM04", "AC04", "MD01")


class Year:
    """Everything is drawn from one seed: the same seed on the same demo gives the same year."""

    def __init__(self, *, seed: int, year: int, report):
        self.random, self.year, self.report, self.counts = Random(seed), year, report, Counter()
        self.treasurer = members_with_right("manage_fees").order_by("pk").first()
        self.board = members_with_right("decide_applications").order_by("pk").first()
        self.kinds = list(MembershipKind.objects.order_by("position"))
        account = BankAccount.objects.order_by("pk").first()
        payers = list(Payer.objects.order_by("pk").values_list("pk", flat=True))
        self.never_pay = set(self.random.sample(payers, NEVER_PAY))
        self.bank = Statements(account.iban, newest_statement(account).closing_cents)

    def play(self) -> None:
        for month in range(1, 13):
            with on_day(date(self.year, month, 5)):
                self._people(month)
                self._run()
                if month in (2, 8):
                    self._some_pay_in_parts()
            with on_day(date(self.year, month, 12)):
                self._bank_file(date(self.year, month, 12))
                self._collection(date(self.year, month, 12))
            with on_day(date(self.year, month, 28)):
                self._bank_of_collection(date(self.year, month, 28))
                self._credits()
                if month >= 9:
                    self._write_off()
            self.report(
                f"  {self.year}-{month:02d}: {Charge.objects.count()} charges, {Invoice.objects.count()} invoices"
            )

    # --- Who comes and goes --------------------------------------------------------------------------
    def _people(self, month: int) -> None:
        for number in range(JOINERS):
            member = Member.objects.create(
                first_name=f"Nieuw{month}-{number}", last_name="Roeier",
                email=f"nieuw{self.year}-{month}-{number}@waterhoen.example",
            )  # fmt: skip
            enrol(member=member, kind=self.random.choice(self.kinds), by=self.treasurer)
            self.counts["joined"] += 1
        going_on = list(Enrolment.objects.filter(ends_on__isnull=True, starts_on__lt=date(self.year, month, 1)))
        leaver, changer = self.random.sample(going_on, 2)
        stop_membership(enrolment=leaver, by=leaver.member)
        self.counts["left"] += 1
        self._change_kind(changer, date(self.year, month, 1))

    def _change_kind(self, enrolment: Enrolment, first_day: date) -> None:
        other = self.random.choice([kind for kind in self.kinds if kind.pk != enrolment.kind_id])
        end_enrolment(member=enrolment.member, by=self.treasurer, ends_on=first_day - timedelta(days=1))
        enrol(member=enrolment.member, kind=other, starts_on=first_day, by=self.treasurer)
        self.counts["changed kind"] += 1

    # --- Charging ------------------------------------------------------------------------------------
    def _run(self) -> None:
        """Every month the same run once more: it adds what is missing and takes back what changed."""
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        run = make_run(
            name=f"Contributie {self.year}", first_on=first, last_on=last, tells=True,
            due_on=min(last, add_months(first, 1) + timedelta(days=27)), by=self.treasurer,
        )  # fmt: skip
        finish(run.pk)
        start_run(run=run, by=self.treasurer)
        finish(run.pk)
        run.refresh_from_db()
        self.counts["charged"] += run.added
        self.counts["taken back"] += run.reversed
        start_run(run=run, by=self.treasurer)
        again = work_on(run.pk)
        self.counts["charged twice"] += again.added + again.reversed  # stays 0

    def _some_pay_in_parts(self) -> None:
        fresh = Invoice.objects.filter(year=self.year, settled_cents=0, total_cents__gt=40_00).order_by("?")
        for invoice in sorted(fresh, key=lambda each: each.pk)[:3]:
            if invoice.parts.count() == 1:
                choose_parts(invoice=invoice, count=4, by=self.treasurer)
                self.counts["in parts"] += 1

    # --- Money ---------------------------------------------------------------------------------------
    def _bank_file(self, day: date) -> None:
        """Seven of ten who pay themselves do so; one pays twice, one too little, one without a reference."""
        collected = Mandate.objects.filter(state="active").values("payer")
        parts = Part.objects.open().filter(due_on__lte=day + timedelta(days=40)).exclude(invoice__payer__in=collected)
        lines = []
        for number, part in enumerate(parts.select_related("invoice").order_by("pk")):
            if self.random.random() < 0.3 or part.invoice.payer_id in self.never_pay:
                continue
            cents, text = part.open_cents, f"contributie {part.reference}"
            if number % 29 == 3 and cents > 10_00:
                cents -= 5_00
            if number % 31 == 5:
                text = "contributie"
            lines.append((cents, part.invoice.name, text))
            if number % 37 == 7:
                lines.append((cents, part.invoice.name, text))
        if lines:
            self._import(day, lines)
        self.counts["transfers"] += len(lines)

    def _import(self, day: date, lines: list[tuple]) -> None:
        import_statement(content=self.bank.statement(day, lines), filename=f"{day}.xml", by=self.treasurer)

    def _collection(self, day: date) -> None:
        if not DebitSettings.objects.exists():
            return
        try:
            batch = make_batch(
                name=f"Incasso {day:%m-%Y}", due_until=day + timedelta(days=30), collect_on=day + timedelta(days=15),
                by=self.treasurer,
            )  # fmt: skip
        except NothingToCollect:
            return
        tell_batch(batch=batch, by=self.treasurer)
        approve_batch(batch=batch, by=self.board)
        export_batch(batch=batch, by=self.treasurer)
        self.counts["collected"] += batch.items.count()

    def _bank_of_collection(self, day: date) -> None:
        """The bank books each group of the collection in one line; some come back a day later."""
        waiting = CollectionItem.objects.filter(
            batch__state="exported", collected_on__isnull=True, returned_on__isnull=True, dropped_at__isnull=True
        )
        totals: Counter = Counter()
        for item in waiting.select_related("batch"):
            totals[item.batch.reference, item.sequence] += item.cents
        if not totals:
            return
        items = list(waiting.select_related("mandate").order_by("pk"))
        self._import(day, [(cents, "", f"{ref}-{sequence}") for (ref, sequence), cents in totals.items()])
        back = [item for item in items if self.random.random() < 0.08]
        if back:
            lines = [
                (-item.cents, item.mandate.holder, "", item.end_to_end, self.random.choice(RETURNS)) for item in back
            ]
            self._import(day + timedelta(days=1), lines)
        self.counts["returned"] += len(back)

    def _credits(self) -> None:
        for note in open_credit():
            pay_back(note=note, by=self.treasurer)
            self.counts["paid back"] += 1

    def _write_off(self) -> None:
        late = Invoice.objects.filter(total_cents__gt=0, parts__due_on__lt=date(self.year, 6, 1)).order_by("pk")
        for invoice in late.distinct():
            if invoice.open_cents and not invoice.write_offs.exists():
                proposed = propose_write_off(invoice=invoice, reason="Niet meer te vinden", by=self.treasurer)
                decide_write_off(write_off=proposed, is_approved=True, by=self.board)
                self.counts["written off"] += 1
                return

    # --- Proof ---------------------------------------------------------------------------------------
    def faults(self) -> list[str]:
        found = [*faults(), *map(str, ledger_faults()), *self._audit_faults(), *self._member_faults()]
        if self.counts["charged twice"]:
            found.append("a run that was repeated charged again")
        return found

    def _audit_faults(self) -> list[str]:
        """The audit file: as many cents debit as credit, and as many as the lines of the year."""
        root = etree.fromstring(audit_file(self.year, self.treasurer))
        space = {"x": root.nsmap[None]}
        debit, credit = (root.findtext(f".//x:{name}", namespaces=space) for name in ("totalDebit", "totalCredit"))
        booked = sum(Line.objects.filter(entry__value_date__year=self.year).values_list("cents", flat=True))
        balanced = debit == credit and round(float(debit) * 100) == booked
        return [] if balanced else [f"the audit file does not balance: {debit} and {credit}"]

    def _member_faults(self) -> list[str]:
        """Every payer's page adds up: charged − taken back = paid + written off + open − to their credit."""
        found = []
        for payer in Payer.objects.prefetch_related("charges", "invoices"):
            charged = sum(charge.cents for charge in payer.charges.all() if charge.reversal_id is None)
            invoiced = sum(invoice.total_cents for invoice in payer.invoices.all())
            counted = Allocation.objects.filter(part__invoice__payer=payer).exclude(way="credit")
            paid = sum(counted.values_list("cents", flat=True))
            refunded = sum(invoice.refund.cents for invoice in payer.invoices.all() if invoice.refund_id)
            still_open = sum(invoice.open_cents for invoice in payer.invoices.all())
            if charged != invoiced or charged != paid - refunded + still_open:
                found.append(f"payer {payer.pk}: charged {charged}, paid {paid}, open {still_open}, back {refunded}")
        return found

    def summary(self) -> str:
        told = ", ".join(f"{count} {what}" for what, count in self.counts.items() if count)
        receivable = Account.objects.get(code="fees:receivable").balance_cents
        written = WriteOff.objects.filter(entry__isnull=False).count()
        ending = f"Open {format_cents(receivable)}, {written} written off. Books, audit file and pages agree."
        return f"{self.year}: {told}. {ending}"
