"""Results on paper: CSV that is inert in a spreadsheet, and PDF with the checksum of the count."""

from django.utils.translation import gettext as _

from polls.models import Poll
from polls.promises import promises
from polls.words import day_and_time
from theme.papers import NumberedPaper
from theme.spreadsheets import csv_table


def figures_csv(poll: Poll, figures) -> bytes:
    """The result as a table, for a spreadsheet."""
    return csv_table(_figure_rows(poll, figures))


def _figure_rows(poll: Poll, figures):
    yield [_("Question"), poll.question]
    yield [_("Result"), figures.result.sentence]
    yield [_("Voted"), figures.voters, _("Entitled"), figures.entitled]
    if figures.result.quorum:
        yield [_("Quorum"), figures.result.quorum]
    for part in (*figures.groups, *figures.parts):
        hidden = part.entitled is None
        yield [_("Turnout"), part.label, *(("–", "–") if hidden else (part.voted, part.entitled))]
    yield [_("Checksum"), figures.checksum]
    yield []
    yield [_("Option"), _("Votes"), "%"]
    for bar in figures.result.bars:
        yield [bar.label, bar.votes, bar.percent]


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
