"""The letter list: who is reached neither in the app nor by mail or push, as CSV and as PDF to post."""

from django.utils.translation import gettext as _
from fpdf.enums import XPos, YPos

from theme.house import house
from theme.papers import Paper
from theme.spreadsheets import csv_table


def letters_csv(announcement, members) -> bytes:
    """One line per person."""
    rows = ([member.display_name, member.email or "", why(member)] for member in members)
    return csv_table([[_("Name"), _("E-mail address"), _("Why")], *rows])


def why(member) -> str:
    return _("Mail came back") if member.part == "bounced" else _("No mail or push")


def letters_pdf(announcement, members) -> bytes:
    """One letter per person: name with lines for the address, and the words of the announcement."""
    paper = Paper(announcement.title)
    for member in members:
        _letter(paper, announcement, member)
    if not paper.pages_count:
        paper.add_page()
        _line(paper, _("Nobody: everybody was reached."))
    return bytes(paper.output())


def _letter(paper: Paper, announcement, member) -> None:
    paper.add_page()
    _line(paper, house().name, bold=True)
    paper.ln(22)
    _line(paper, member.display_name)
    # The community keeps no postal addresses: two lines to write one on, or to put a sticker over.
    for _number in range(2):
        paper.cell(80, 9, "", border="B", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(22)
    _line(paper, announcement.title, bold=True)
    paper.ln(4)
    _line(paper, announcement.plain_text)
    paper.ln(6)
    _line(paper, announcement.sender_name)


def _line(paper: Paper, text: str, *, bold: bool = False) -> None:
    paper.write_line(text, 12, bold=bold, height=6.5)
