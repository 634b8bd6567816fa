"""Questions at sign-up: set by the organiser, answered with a yes, and wiped when they are sensitive."""

from datetime import datetime

from django.db import transaction

from groups.events.errors import AlreadyAsked, QuestionOpen
from groups.events.models import Answer, Event, Question, Reply
from theme.retention import not_held


@transaction.atomic
def ask_at_event(*, event: Event, questions: list[dict]) -> None:
    """Set the questions (text, is_required, is_sensitive) of an event, in order.

    Those that were answered cannot change any more: somebody's words would answer something else.
    Raises AlreadyAsked. The caller has checked that the event may be changed.
    """
    Event.objects.select_for_update().get(pk=event.pk)
    now = list(event.questions.values("text", "is_required", "is_sensitive"))
    if now == questions:
        return
    if Reply.objects.filter(question__event=event).exists():
        raise AlreadyAsked
    event.questions.all().delete()
    Question.objects.bulk_create(Question(event=event, **question) for question in questions)


def note_replies(answer: Answer, replies: dict[int, str] | None) -> None:
    """Keep what was filled in with an answer. The caller holds the lock on the event. Raises QuestionOpen."""
    questions = list(Question.objects.filter(event=answer.event_id))
    if answer.choice == Answer.Choice.NO:
        answer.replies.all().delete()  # nothing is kept about who does not come
        return
    for question in questions if replies is not None else ():
        text = replies.get(question.pk, "").strip()[:500]
        if text:
            Reply.objects.update_or_create(question=question, answer=answer, defaults={"text": text})
        else:
            Reply.objects.filter(question=question, answer=answer).delete()
    required = {question.pk for question in questions if question.is_required}
    if answer.choice == Answer.Choice.YES and required - set(answer.replies.values_list("question", flat=True)):
        raise QuestionOpen


def wipe_sensitive(before: datetime, subgroup_id: int | None, limit: int) -> int:
    """Remove at most `limit` replies to sensitive questions of events that ended before then; returns how many."""
    old = Reply.objects.filter(question__is_sensitive=True, answer__event__ends_at__lt=before)
    old = not_held(old, "answer__event__subgroup")
    if subgroup_id is not None:
        old = old.filter(answer__event__subgroup=subgroup_id)
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    Reply.objects.filter(pk__in=ids).delete()
    return len(ids)
