"""Questions: somebody takes it, notes among who answer, a day before which, and the answer for all to read."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from groups.topics.errors import TopicOver
from groups.topics.models import Note, Topic
from groups.topics.services.deciding import change_state
from theme.cleantext import clean_text


def _open(topic: Topic) -> Topic:
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if topic.state != Topic.State.OPEN:
        raise TopicOver
    return topic


@transaction.atomic
def take(*, topic: Topic, member) -> Topic:
    """Make a question one's own, so that two people do not work on the same answer. Raises TopicOver."""
    topic = _open(topic)
    topic.owner = member
    topic.save(update_fields=["owner"])
    return topic


@transaction.atomic
def release(*, topic: Topic) -> Topic:
    """Let somebody else take it. Raises TopicOver."""
    topic = _open(topic)
    topic.owner = None
    topic.save(update_fields=["owner"])
    return topic


@transaction.atomic
def set_due(*, topic: Topic, due_on: date) -> Topic:
    """Promise another day. Raises TopicOver."""
    topic = _open(topic)
    topic.due_on = due_on
    topic.save(update_fields=["due_on"])
    return topic


def note(*, topic: Topic, by, text: str) -> Note:
    """Write a note that only who answers sees."""
    return topic.notes.create(by=by, text=clean_text(text))


@transaction.atomic
def settle(*, topic: Topic, by, is_answered: bool) -> Topic:
    """A reply became the answer, or no longer is."""
    if topic.kind != Topic.Kind.QUESTION:
        return topic
    topic = change_state(topic=topic, by=by, state=Topic.State.ANSWERED if is_answered else Topic.State.OPEN)
    if is_answered and topic.owner_id is None and by.pk != topic.conversation.started_by_id:
        Topic.objects.filter(pk=topic.pk).update(owner=by)
    if not is_answered and topic.due_on < timezone.localdate():
        Topic.objects.filter(pk=topic.pk).update(due_on=timezone.localdate())
    return topic
