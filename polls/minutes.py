"""Minutes and the register of decisions on paper."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polls.models import Decision, Meeting
from polls.queries import final_result
from polls.words import day_and_time
from theme.papers import NumberedPaper


def minutes_pdf(meeting: Meeting) -> bytes:
    """What was called, who was there, what was voted, and the minutes themselves."""
    paper = NumberedPaper(meeting.title)
    paper.line_of(f"{day_and_time(meeting.held_at)} · {meeting.place or meeting.get_kind_display()}")
    present = meeting.attendances.count()
    paper.line_of(ngettext("%(n)s member was present.", "%(n)s members were present.", present) % {"n": present})
    _proxies(paper, meeting)
    for item in meeting.items.prefetch_related("polls"):
        paper.heading(str(item), size=13)
        if item.text:
            paper.line_of(item.text)
        for poll in item.polls.all():
            _vote(paper, poll)
    paper.heading(_("Minutes"), size=13)
    paper.line_of(meeting.minutes or _("No minutes have been written yet."))
    if meeting.adopted_at:
        paper.line_of(_("Adopted on %(day)s.") % {"day": day_and_time(meeting.adopted_at)})
    return bytes(paper.output())


def _proxies(paper: NumberedPaper, meeting: Meeting) -> None:
    proxies = meeting.proxies.standing().filter(accepted_at__isnull=False).select_related("giver", "holder")
    if proxies:
        paper.heading(_("Proxies"), size=13)
    plain = _("%(holder)s voted for %(giver)s.")
    for proxy in proxies:
        words = _("%(holder)s voted for %(giver)s, with an instruction.") if proxy.instruction else plain
        paper.line_of(words % {"holder": proxy.holder, "giver": proxy.giver})


def _vote(paper: NumberedPaper, poll) -> None:
    result = final_result(poll)
    if result is None:
        return
    paper.line_of(poll.question)
    for line in result_lines(poll, result):
        paper.line_of(line)
    for bar in result.bars:
        paper.line_of(f"   {bar.label}: {bar.votes}")
    decided = decision_line(poll)
    if decided:
        paper.line_of(decided)


def result_lines(poll, result) -> list[str]:
    """The verdict, the quorum, and the lots that were drawn."""
    drawn = _("Lots were drawn with “%(seed)s”, witnessed by %(witnesses)s.")
    draws = [drawn % {"seed": draw.seed, "witnesses": draw.witnesses} for draw in poll.draws.order_by("pk")]
    return [line for line in (result.sentence, result.quorum, *draws) if line]


def decision_line(poll) -> str:
    decision = Decision.objects.filter(poll=poll).first()
    return _("Decision %(number)s: %(text)s") % {"number": decision, "text": decision.text} if decision else ""


def draft_minutes(meeting: Meeting) -> str:
    """What is known of a meeting as a text to go on with: who was there, each point with its votes and decisions."""
    present = meeting.attendances.count()
    lines = [ngettext("%(n)s member was present.", "%(n)s members were present.", present) % {"n": present}]
    proxies = meeting.proxies.standing().filter(accepted_at__isnull=False).count()
    if proxies:
        lines.append(ngettext("%(n)s proxy was given.", "%(n)s proxies were given.", proxies) % {"n": proxies})
    for item in meeting.items.prefetch_related("polls"):
        lines += ["", str(item)]
        for poll in item.polls.all():
            result = final_result(poll)
            if result:
                lines += [f"{poll.question}: {' '.join(result_lines(poll, result))}", decision_line(poll)]
    return "\n".join(lines).strip()


def decisions_pdf(decisions) -> bytes:
    paper = NumberedPaper(_("Register of decisions"))
    for decision in decisions.select_related("poll"):
        paper.heading(f"{decision} · {day_and_time(decision.stated_at)}", size=12)
        paper.line_of(decision.text)
        paper.line_of(decision.verdict)
    return bytes(paper.output())
