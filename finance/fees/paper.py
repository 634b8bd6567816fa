"""Invoices, credit notes and formal letters on paper, in the house style; the same bytes whenever they are asked."""

from datetime import UTC, datetime, time
from pathlib import Path

import segno
from babel.dates import format_date
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from fpdf import FPDF

from finance.bank.qr import epc_payload
from finance.bank.queries import main_account
from finance.fees.models import FormalLetter, Invoice
from finance.money import format_cents
from theme import house as house_module
from theme.house import house

FONTS = Path(house_module.__file__).parent / "static" / "theme" / "vendor"
LEFT, WIDTH = 20, 170
BAND = 26


class Sheet(FPDF):
    """A4 with the association's band on top. Nothing in it depends on when it is drawn."""

    def __init__(self, title: str, day):
        super().__init__()
        self.set_creation_date(datetime.combine(day, time(12), UTC))
        for style, weight in (("", 400), ("B", 700)):
            self.add_font("Figtree", style, FONTS / "figtree-latin.woff2", variations={"wght": weight})
            self.add_font("Others", style, FONTS / "figtree-latin-ext.woff2", variations={"wght": weight})
        self.set_fallback_fonts(["Others"])
        self.set_title(title)
        self.set_margins(LEFT, BAND + 12, LEFT)
        self.set_auto_page_break(True, 20)
        self.add_page()

    def header(self):
        style = house().light
        self.set_fill_color(*_rgb(style.band))
        self.rect(0, 0, 210, BAND, style="F")
        self.set_text_color(*_rgb(style.on_band))
        self.set_xy(LEFT, 8)
        self.set_font("Figtree", "B", 16)
        self.cell(WIDTH, 10, house().name)
        self.set_text_color(0, 0, 0)
        self.set_xy(LEFT, BAND + 12)

    def footer(self):
        account = main_account()
        self.set_y(-14)
        self.set_font("Figtree", "", 8)
        parts = [house().name, f"IBAN {account.grouped_iban}" if account else "", str(self.page_no())]
        self.cell(WIDTH, 5, " · ".join(part for part in parts if part), align="C")

    def text_line(self, text: str, *, bold=False, size=10, height=5.5) -> None:
        self.set_font("Figtree", "B" if bold else "", size)
        self.multi_cell(WIDTH, height, text, new_x="LMARGIN", new_y="NEXT")

    def row(self, left: str, right: str, *, bold=False) -> None:
        self.set_font("Figtree", "B" if bold else "", 10)
        top = self.get_y()
        self.multi_cell(WIDTH - 40, 6, left, new_x="LMARGIN", new_y="NEXT")
        bottom = self.get_y()
        self.set_xy(LEFT + WIDTH - 40, top)
        self.cell(40, 6, right, align="R")
        self.set_y(bottom)
        self.line(LEFT, bottom + 0.6, LEFT + WIDTH, bottom + 0.6)
        self.ln(1.6)

    def code(self, payload: str, size: float = 38) -> None:
        """The code for the bank's app, drawn as squares."""
        matrix = tuple(segno.make(payload, error="m", encoding="utf-8", micro=False, boost_error=False).matrix)
        step, top = size / len(matrix), self.get_y()
        self.set_fill_color(0, 0, 0)
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    self.rect(LEFT + x * step, top + y * step, step + 0.01, step + 0.01, style="F")
        self.set_y(top + size + 4)


def _rgb(colour: str) -> tuple[int, int, int]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def invoice_pdf(invoice: Invoice) -> bytes:
    """The invoice or credit note, in the language of the association."""
    with override(settings.LANGUAGE_CODE):
        sheet = Sheet(invoice.number, invoice.issued_on)
        _address(sheet, invoice)
        title = _("Credit note") if invoice.is_credit_note else _("Invoice")
        sheet.text_line(f"{title} {invoice.number}", bold=True, size=16, height=9)
        sheet.text_line(_("Date: %(day)s") % {"day": _day(invoice.issued_on)})
        if invoice.is_credit_note:
            sheet.text_line(_("Belongs to invoice %(number)s") % {"number": invoice.credits.number})
        sheet.ln(4)
        for line in invoice.lines.select_related("charge").order_by("pk"):
            sheet.row(describe(line.charge), _money(line.cents))
        sheet.row(_("Total"), _money(invoice.total_cents), bold=True)
        sheet.text_line(_("No VAT is charged on membership fees."), size=8)
        sheet.ln(4)
        if not invoice.is_credit_note:
            _how_to_pay(sheet, invoice)
        return bytes(sheet.output())


def describe(charge) -> str:
    """What a charge is for, in one line: kind, whom, and the days it covers."""
    sort = charge.get_sort_display()
    if charge.sort == charge.Sort.OTHER:
        return f"{charge.label} · {charge.member_label}"
    if charge.sort == charge.Sort.ENTRANCE:
        return f"{sort[:1].upper()}{sort[1:]} · {charge.member_label}"
    period = f"{charge.covers_from:%d-%m-%Y} – {charge.covers_until:%d-%m-%Y}"
    return f"{sort[:1].upper()}{sort[1:]} {charge.label} · {charge.member_label} · {period}"


def _address(sheet: Sheet, invoice: Invoice) -> None:
    for text in (invoice.name, *invoice.address.splitlines()):
        sheet.text_line(text)
    sheet.ln(8)


def _how_to_pay(sheet: Sheet, invoice: Invoice) -> None:
    part, account = invoice.parts.order_by("pk").first(), main_account()
    sheet.text_line(_("Please pay before the end of %(day)s.") % {"day": _day(invoice.due_on)}, bold=True)
    if account is None or part is None:
        return
    reference = part.grouped_reference
    sheet.text_line(_("To %(name)s, IBAN %(iban)s") % {"name": account.holder, "iban": account.grouped_iban})
    sheet.text_line(_("Reference: %(reference)s") % {"reference": reference})
    sheet.ln(3)
    payload = epc_payload(
        name=account.holder,
        iban=account.iban,
        bic=account.bic,
        cents=invoice.total_cents,
        reference=part.reference,
    )
    sheet.code(payload)
    sheet.text_line(_("Scan the code with your bank's app: everything is filled in."), size=8)


def letter_pdf(letter: FormalLetter) -> bytes:
    """The last request, with the fourteen days that the law asks before any costs may be added."""
    invoice = letter.invoice
    with override(settings.LANGUAGE_CODE):
        sheet = Sheet(invoice.number, letter.sent_on)
        _address(sheet, invoice)
        sheet.text_line(_day(letter.sent_on))
        sheet.ln(4)
        details = {
            "number": invoice.number,
            "day": _day(invoice.due_on),
            "cents": _money(letter.cents),
            "until": _day(letter.pay_by),
        }
        sheet.text_line(_("Last reminder for invoice %(number)s") % details, bold=True, size=14, height=8)
        sheet.ln(2)
        for paragraph in _letter_words():
            sheet.text_line(paragraph % details)
            sheet.ln(3)
        _pay_letter(sheet, invoice, letter.cents)
        return bytes(sheet.output())


def _letter_words() -> list[str]:
    return [
        _("On %(day)s we should have received %(cents)s from you for invoice %(number)s. We reminded you before, and "
          "the amount is still open."),
        _("We ask you to pay %(cents)s within fourteen days, counted from the day after you received this letter. "
          "That is until %(until)s at the earliest. If we have not received it by then, we may ask a collection "
          "agency for help. By law the costs of that, 15%% of the amount and at least € 40, are then for you."),
        _("Is it difficult to pay? Tell the treasurer before that day; we would rather find a way together. Have you "
          "paid in the last few days? Then you need not do anything."),
    ]  # fmt: skip


def _pay_letter(sheet: Sheet, invoice: Invoice, cents: int) -> None:
    part, account = invoice.parts.open().order_by("due_on").first(), main_account()
    if account is None or part is None:
        return
    sheet.text_line(_("To %(name)s, IBAN %(iban)s") % {"name": account.holder, "iban": account.grouped_iban})
    sheet.text_line(_("Reference: %(reference)s") % {"reference": part.grouped_reference})
    sheet.ln(3)
    sheet.code(
        epc_payload(name=account.holder, iban=account.iban, bic=account.bic, cents=cents, reference=part.reference)
    )


def _day(day) -> str:
    """With the year, always: paper is read in later years too."""
    return format_date(day, "d MMMM y", locale=get_language() or "nl")


def _money(cents: int) -> str:
    return format_cents(cents, get_language() or "nl")
