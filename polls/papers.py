"""Results on paper: CSV that is inert in a spreadsheet, and PDF with the checksum of the count."""

import csv
import io

from django.utils.translation import gettext as _

from polls.models import Poll
from polls.promises import promises
from polls.words import day_and_time
from theme.papers import NumberedPaper


def figures_csv(poll: Poll, figures) -> bytes:
    """The result as a table, with a byte order mark so that spreadsheets read it as UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("Question"), inert(poll.question)])
    writer.writerow([_("Result"), inert(figures.result.sentence)])
    writer.writerow([_("Voted"), figures.voters, _("Entitled"), figures.entitled])
    if figures.result.quorum:
        writer.writerow([_("Quorum"), figures.result.quorum])
    for part in (*figures.groups, *figures.parts):
        hidden = part.entitled is None
        writer.writerow([_("Turnout"), inert(part.label), *(("–", "–") if hidden else (part.voted, part.entitled))])
    writer.writerow([_("Checksum"), figures.checksum])
    writer.writerow([])
    writer.writerow([_("Option"), _("Votes"), "%"])
    writer.writerows([inert(bar.label), bar.votes, bar.percent] for bar in figures.result.bars)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def inert(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def figures_pdf(poll: Poll, figures) -> bytes:
    paper = NumberedPaper(poll.question)
    paper.line_of(figures.result.sentence)
    voted = _("%(voters)s of %(entitled)s voted (%(percent)s%%).")
    paper.line_of(voted % {"voters": figures.voters, "entitled": figures.entitled, "percent": figures.percent})
    if figures.result.quorum:
        paper.line_of(figures.result.quorum)
    paper.line_of(_("Voting closed on %(closed)s.") % {"closed": day_and_time(poll.closed_at)})
    paper.ln(4)
    rows = [(bar.label, bar.votes, f"{bar.percent}%") for bar in figures.result.bars]
    paper.rows([(_("Option"), _("Votes"), "%"), *rows])
    _turnout(paper, _("Turnout per group"), figures.groups)
    _turnout(paper, _("Turnout per kind of membership"), figures.parts)
    paper.heading(_("Rules of this poll"), size=13)
    for line in promises(poll):
        paper.line_of(line)
    paper.heading(_("Checksum"), size=13)
    paper.line_of(_("SHA-256 of the count. The page with figures shows the same one."))
    paper.set_font("Courier", size=10)
    paper.multi_cell(0, 5, figures.checksum)
    return bytes(paper.output())


def _turnout(paper: NumberedPaper, title: str, parts) -> None:
    if not parts:
        return
    paper.heading(title, size=13)
    paper.rows([("", _("Voted"), "%"), *map(_turnout_row, parts)])


def _turnout_row(part) -> tuple[str, str, str]:
    if part.entitled is None:
        return part.label, "–", "–"
    return part.label, f"{part.voted} / {part.entitled}", f"{part.percent}%"
