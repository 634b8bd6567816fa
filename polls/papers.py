"""Results on paper: CSV that is inert in a spreadsheet, and PDF with the checksum of the count."""

import csv
import io

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from polls.models import Poll
from polls.promises import promises
from polls.words import day_and_time
from theme.house import house


def figures_csv(poll: Poll, figures) -> bytes:
    """The result as a table, with a byte order mark so that spreadsheets read it as UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("Question"), inert(poll.question)])
    writer.writerow([_("Result"), inert(figures.result.sentence)])
    writer.writerow([_("Voted"), figures.voters, _("Entitled"), figures.entitled])
    writer.writerow([_("Checksum"), figures.checksum])
    writer.writerow([])
    writer.writerow([_("Option"), _("Votes"), "%"])
    writer.writerows([inert(bar.label), bar.votes, bar.percent] for bar in figures.result.bars)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def inert(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


class Paper(FPDF):
    """A plain A4 page with the association's name on top and page numbers below."""

    def __init__(self, title: str):
        super().__init__()
        self.core_fonts_encoding = "windows-1252"
        self.set_title(title)
        self.set_margins(22, 20)
        self.set_auto_page_break(True, 20)
        self.add_page()
        self.line_of(house().name, size=10)
        self.heading(title)

    def footer(self):
        self.set_y(-15)
        self.set_font("Helvetica", size=9)
        self.cell(0, 8, str(self.page_no()), align="R")

    def heading(self, text: str, size: int = 18) -> None:
        self.ln(2)
        self.set_font("Helvetica", "B", size)
        self._write(text, size * 0.45)
        self.ln(2)

    def line_of(self, text: str, size: int = 11) -> None:
        self.set_font("Helvetica", size=size)
        self._write(text, size * 0.5)

    def rows(self, rows, widths=(110, 28, 28)) -> None:
        self.set_font("Helvetica", size=11)
        with self.table(
            col_widths=widths, text_align=("LEFT", "RIGHT", "RIGHT"), borders_layout="HORIZONTAL_LINES"
        ) as table:
            for row in rows:
                line = table.row()
                for cell in row:
                    line.cell(printable(str(cell)))

    def _write(self, text: str, height: float) -> None:
        self.multi_cell(0, height, printable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def printable(text: str) -> str:
    """Letters the built-in fonts know; others become a question mark instead of stopping the page."""
    return text.encode("windows-1252", "replace").decode("windows-1252")


def figures_pdf(poll: Poll, figures) -> bytes:
    paper = Paper(poll.question)
    paper.line_of(figures.result.sentence)
    voted = _("%(voters)s of %(entitled)s voted (%(percent)s%%).")
    paper.line_of(voted % {"voters": figures.voters, "entitled": figures.entitled, "percent": figures.percent})
    paper.line_of(_("Voting closed on %(closed)s.") % {"closed": day_and_time(poll.closed_at)})
    paper.ln(4)
    rows = [(bar.label, bar.votes, f"{bar.percent}%") for bar in figures.result.bars]
    paper.rows([(_("Option"), _("Votes"), "%"), *rows])
    paper.heading(_("Rules of this poll"), size=13)
    for line in promises(poll):
        paper.line_of(line)
    paper.heading(_("Checksum"), size=13)
    paper.line_of(_("SHA-256 of the count. The page with figures shows the same one."))
    paper.set_font("Courier", size=10)
    paper.multi_cell(0, 5, figures.checksum)
    return bytes(paper.output())
