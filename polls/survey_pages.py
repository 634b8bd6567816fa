"""What the pages of a survey show."""

from dataclasses import dataclass, field
from itertools import groupby

from django.utils.translation import gettext

from polls.kinds.base import percent
from polls.kinds.statement import STEPS
from polls.models import Poll, SurveyQuestion
from polls.queries import FEW, final_tally, shown_result

Kind = SurveyQuestion.Kind


@dataclass
class Asked:
    """A question as it is shown: its choices as (value, label, is chosen), or the text that was typed."""

    question: SurveyQuestion
    choices: list = field(default_factory=list)
    typed: str = ""
    condition: str = ""


def asked_questions(poll: Poll, posted=None) -> list[tuple[str, list[Asked]]]:
    """Sections with their questions; `posted` is what was filled in before a refusal."""
    questions = [_asked(question, posted) for question in poll.questions.select_related("depends_on")]
    return [(title, list(group)) for title, group in groupby(questions, key=lambda asked: asked.question.section)]


def _asked(question: SurveyQuestion, posted) -> Asked:
    given = posted.getlist(question.field) if posted else []
    choices = [(value, label, value in given) for value, label in choices_of(question).items()]
    asked = Asked(question, choices, given[0] if given and not choices else "")
    if question.depends_on:
        answer = choices_of(question.depends_on).get(question.depends_answer, question.depends_answer)
        asked.condition = gettext("Only if question %(number)s is “%(answer)s”.") % {
            "number": question.depends_on.number,
            "answer": answer,
        }
    return asked


def choices_of(question: SurveyQuestion) -> dict[str, str]:
    """{stored answer: label} of a question with fixed answers."""
    if question.kind in (Kind.SINGLE, Kind.MULTIPLE):
        return {str(number): text for number, text in enumerate(question.options, start=1)}
    if question.kind == Kind.YES_NO:
        return {"yes": gettext("Yes"), "no": gettext("No")}
    if question.kind == Kind.SCALE:
        return {str(step): str(text) for step, text in STEPS.items()}
    if question.kind == Kind.GRADE:
        return {str(grade): str(grade) for grade in range(1, 11)}
    return {}


@dataclass(frozen=True, slots=True)
class QuestionResult:
    question: SurveyQuestion
    answered: int
    rows: list  # (label, votes, percent)
    texts: list[str]
    named: list  # (name, answer in words)


def question_results(poll: Poll, elector, *, sees_figures: bool) -> list[QuestionResult]:
    """Results per question, once they may be seen; of an anonymous survey with few answers none at all."""
    shown, tally = shown_result(poll, elector, sees_figures=sees_figures), final_tally(poll)
    if shown is None or tally is None or (poll.is_secret and tally.voters < FEW):
        return []
    results = tally.result["questions"]
    return [
        _result(question, results[str(question.number)], by_name=sees_figures and not poll.is_secret)
        for question in poll.questions.exclude(kind=Kind.NOTE)
        if str(question.number) in results
    ]


def _result(question: SurveyQuestion, counted: dict, *, by_name: bool) -> QuestionResult:
    labels, counts = choices_of(question), counted.get("counts", {})
    known, answered = labels or {value: value for value in counts}, counted["answered"]
    rows = [(label, counts.get(value, 0), percent(counts.get(value, 0), answered)) for value, label in known.items()]
    return QuestionResult(question, answered, rows, counted.get("texts", []), _named(question) if by_name else [])


def _named(question: SurveyQuestion) -> list[tuple[str, str]]:
    """Who answered what, in words; only of a survey with names, for whoever made it."""
    labels = choices_of(question)
    sheets = question.sheets.exclude(answer="").select_related("elector__member").order_by("elector__member__last_name")
    named = []
    for sheet in sheets:
        parts = sheet.answer.split(",") if labels else [sheet.answer]
        words = ", ".join(labels.get(part, part) for part in parts)
        named.append((str(sheet.elector.member or gettext("By link")), words))
    return named
