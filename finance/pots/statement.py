"""The statement of a pot, for everybody in it: on screen, as CSV and on paper. No payer is named in it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from finance.ledger.models import Account, Line
from finance.money import cents_cell, format_cents
from finance.pots.models import Pot
from theme.house import house
from theme.papers import Paper, printable
from theme.spreadsheets import csv_table
from theme.templatetags.theme import long_day

ROWS_ON_PAPER = 34


@dataclass(frozen=True, slots=True)
class StatementRow:
    on: date
    label: str
    in_cents: int
    out_cents: int
    balance_cents: int


@dataclass(frozen=True, slots=True)
class PotStatement:
    """Opening + in − out = closing, for the whole and for every page."""

    pot: Pot
    rows: tuple[StatementRow, ...]

    @property
    def in_cents(self) -> int:
        return sum(row.in_cents for row in self.rows)

    @property
    def out_cents(self) -> int:
        return sum(row.out_cents for row in self.rows)

    @property
    def closing_cents(self) -> int:
        return self.in_cents - self.out_cents


def pot_statement(pot: Pot) -> PotStatement:
    """Every day's contributions as one line and every expense by its purpose, read from the books."""
    assets = set(Account.objects.filter(ring=pot.ring, kind=Account.Kind.ASSET).values_list("pk", flat=True))
    lines = (
        Line.objects.filter(Q(debit__in=assets) | Q(credit__in=assets))
        .select_related("entry", "debit", "credit")
        .order_by("entry__value_date", "pk")
    )
    days: dict[tuple, list[int]] = {}
    for line in lines:
        if line.debit_id in assets and line.credit_id in assets:
            continue  # from cash to the bank: nothing came in or went out
        cents = line.cents if line.debit_id in assets else -line.cents
        key = (line.entry.value_date, _label(line))
        moved = days.setdefault(key, [0, 0])
        moved[0 if cents > 0 else 1] += abs(cents)
    rows, balance = [], 0
    for (day, label), (came_in, went_out) in days.items():
        balance += came_in - went_out
        rows.append(StatementRow(day, label, came_in, went_out, balance))
    return PotStatement(pot, tuple(rows))


def _label(line: Line) -> str:
    """Contributions stay without a name, whoever reads the statement; what was spent is named by purpose."""
    other = line.credit if line.debit.kind == Account.Kind.ASSET else line.debit
    if other.code.startswith("contributions:"):
        return _("Contributions")
    if other.code.startswith("spent:"):
        return line.entry.memo.rpartition(" · ")[2] or _("Expense")
    if other.code.startswith("refunds:"):
        return _("Paid back")
    return _("To the association")


def statement_csv(statement: PotStatement) -> bytes:
    """Amounts are numbers, and no cell can be a formula."""
    rows = [[_("Date"), _("Description"), _("In"), _("Out"), _("Balance")]]
    for row in statement.rows:
        amounts = map(cents_cell, (row.in_cents, row.out_cents, row.balance_cents))
        rows.append([row.on.isoformat(), row.label, *amounts])
    totals = map(cents_cell, (statement.in_cents, statement.out_cents, statement.closing_cents))
    return csv_table([*rows, ["", _("Total"), *totals]])


class PotPaper(Paper):
    """A4 with the association and the pot on top, and the page number below."""

    def __init__(self, pot: Pot):
        super().__init__(pot.name)
        self.pot = pot
        self.set_margin(10)
        self.set_auto_page_break(False)

    def header(self):
        self.letter(10)
        self.cell(0, 6, printable(f"{house().name} · {self.pot.subgroup.name}"), new_x="LMARGIN", new_y="NEXT")
        self.letter(16, bold=True)
        self.cell(0, 10, printable(self.pot.name), new_x="LMARGIN", new_y="NEXT")
        self.letter(9)
        made = _("Statement of %(day)s") % {"day": long_day(timezone.localdate())}
        self.cell(0, 6, printable(made), new_x="LMARGIN", new_y="NEXT")

    def footer(self):
        self.set_y(-15)
        self.letter(9)
        self.cell(0, 8, str(self.page_no()), align="R")

    def row(self, cells, *, bold: bool = False) -> None:
        self.letter(10, bold=bold)
        for text, width, align in zip(cells, (28, 72, 30, 30, 30), "LLRRR", strict=True):
            self.cell(width, 6.5, printable(text[:44]), border="B", align=align)
        self.ln(6.5)


def statement_pdf(statement: PotStatement) -> bytes:
    """Every page opens with the balance brought forward and closes with opening + in − out = closing."""
    paper = PotPaper(statement.pot)
    pages = [statement.rows[at : at + ROWS_ON_PAPER] for at in range(0, len(statement.rows), ROWS_ON_PAPER)] or [()]
    opening = 0
    for rows in pages:
        paper.add_page()
        paper.row([_("Date"), _("Description"), _("In"), _("Out"), _("Balance")], bold=True)
        paper.row(["", _("Opening balance"), "", "", _money(opening)])
        for row in rows:
            came_in, went_out = (_money(cents) if cents else "" for cents in (row.in_cents, row.out_cents))
            paper.row([row.on.strftime("%d-%m-%Y"), row.label, came_in, went_out, _money(row.balance_cents)])
        came_in, went_out = sum(row.in_cents for row in rows), sum(row.out_cents for row in rows)
        opening += came_in - went_out
        paper.row(["", _("Closing balance"), _money(came_in), _money(went_out), _money(opening)], bold=True)
    return bytes(paper.output())


def _money(cents: int) -> str:
    return format_cents(cents, get_language() or "nl").replace("−", "-")
