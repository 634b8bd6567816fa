"""Reading what was filled in: one canonical text per question, and which questions were asked at all."""

from datetime import date

from django.utils.datastructures import MultiValueDict

from polls.errors import AnswerMissing, InvalidAnswer
from polls.kinds.base import is_number, numbers
from polls.models import SurveyQuestion

Kind = SurveyQuestion.Kind
LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 1500}


def answers_of(posted: MultiValueDict, questions: list[SurveyQuestion]) -> dict[SurveyQuestion, str]:
    """The answers to the questions that were to be asked, given the earlier answers.

    An answer to a question that was not asked is dropped; an empty one is left out. Raises AnswerMissing,
    InvalidAnswer.
    """
    given: dict[SurveyQuestion, str] = {}
    for question in questions:
        if question.kind == Kind.NOTE or not is_asked(question, given):
            continue
        answer = one_answer(question, [value.strip() for value in posted.getlist(question.field)])
        if answer:
            given[question] = answer
        elif question.required:
            raise AnswerMissing
    return given


def is_asked(question: SurveyQuestion, given: dict[SurveyQuestion, str]) -> bool:
    if question.depends_on_id is None:
        return True
    earlier = {other.pk: answer for other, answer in given.items()}.get(question.depends_on_id, "")
    return question.depends_answer in earlier.split(",")


def one_answer(question: SurveyQuestion, values: list[str]) -> str:
    values = [value for value in values if value]
    if not values:
        return ""
    if question.kind == Kind.MULTIPLE:
        return ",".join(map(str, numbers(values, range(1, len(question.options) + 1))))
    if len(values) > 1:
        raise InvalidAnswer
    return _READERS[question.kind](question, values[0])


def _choice(question, value: str) -> str:
    return str(numbers([value], range(1, len(question.options) + 1))[0])


def _yes_no(question, value: str) -> str:
    if value not in ("yes", "no"):
        raise InvalidAnswer
    return value


def _step(question, value: str) -> str:
    most = 5 if question.kind == Kind.SCALE else 10
    return str(numbers([value], range(1, most + 1))[0])


def _number(question, value: str) -> str:
    if not is_number(value):
        raise InvalidAnswer
    return str(int(value))


def _date(question, value: str) -> str:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError as error:
        raise InvalidAnswer from error


def _text(question, value: str) -> str:
    # NUL cannot be stored, and a text over the length is refused, not cut off.
    if len(value) > LONGEST[question.kind] or "\x00" in value:
        raise InvalidAnswer
    return value


_READERS = {
    Kind.SINGLE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.SCALE: _step,
    Kind.GRADE: _step,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
}
