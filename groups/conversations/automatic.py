"""Automatic answers: short, seen by the writer alone, at most once a day, and never instead of a person."""

import re

from django.db import transaction
from django.utils import timezone

from groups.conversations.errors import OneAnswerPerMoment
from groups.conversations.models import AutoAnswer, Given, Message
from groups.people.audit import record
from groups.subgroups.access import may
from theme.cleantext import clean_line


def answer_by_itself(message: Message, conversation) -> list[Given]:
    """Give the automatic answers that fit a message just posted, within the caller's transaction.

    Who answers questions in the group gets none.
    """
    subgroup = conversation.subgroup
    answers = list(AutoAnswer.objects.filter(subgroup=subgroup)) if subgroup else []
    if not answers or may(message.author, "moderate", subgroup):
        return []
    now = timezone.localtime()
    rules = getattr(subgroup, "talk_rules", None)
    human = rules.next_answered(now) if rules else now
    rows = [
        Given(
            answer=answer,
            message=message,
            member=message.author,
            day=now.date(),
            answered_from=human if human > now else None,
        )
        for answer in answers
        if FITS[answer.trigger](answer, message, human > now)
    ]
    return Given.objects.bulk_create(rows, ignore_conflicts=True)


def _outside_hours(answer: AutoAnswer, message: Message, nobody_is_there: bool) -> bool:
    return nobody_is_there


def _holds_word(answer: AutoAnswer, message: Message, nobody_is_there: bool) -> bool:
    text = message.text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in answer.words)


def _is_first(answer: AutoAnswer, message: Message, nobody_is_there: bool) -> bool:
    earlier = Message.objects.filter(author=message.author, conversation__subgroup=answer.subgroup_id)
    return not earlier.exclude(pk=message.pk).exists()


FITS = {
    AutoAnswer.Trigger.HOURS: _outside_hours,
    AutoAnswer.Trigger.KEYWORD: _holds_word,
    AutoAnswer.Trigger.FIRST: _is_first,
}


@transaction.atomic
def add_answer(*, subgroup, by, trigger: str, keywords: str, text: str) -> AutoAnswer:
    """Let the group answer by itself. Raises OneAnswerPerMoment. The caller has checked that `by` manages the group."""
    is_keyword = trigger == AutoAnswer.Trigger.KEYWORD
    if not is_keyword and subgroup.auto_answers.filter(trigger=trigger).exists():
        raise OneAnswerPerMoment
    answer = subgroup.auto_answers.create(
        trigger=trigger, keywords=clean_line(keywords) if is_keyword else "", text=clean_line(text)
    )
    record(by=by, act="talk.auto_answer", about=answer, subgroup_id=subgroup.pk)
    return answer


@transaction.atomic
def remove_answer(*, answer: AutoAnswer, by) -> None:
    """Stop this answer; what it said under messages goes too."""
    record(by=by, act="talk.auto_answer_removed", about=answer, subgroup_id=answer.subgroup_id)
    answer.delete()
