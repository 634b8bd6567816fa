"""Propositions: where members stand, and the arguments they give and back."""

from django.db import transaction
from django.utils import timezone

from groups.topics.errors import EnoughArguments, TopicOver
from groups.topics.models import Argument, Backing, Stance, Topic
from theme.cleantext import clean_line

MOST_ARGUMENTS = 20  # per side; more than that nobody reads


def _open(topic: Topic) -> Topic:
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if not topic.is_open:
        raise TopicOver
    return topic


@transaction.atomic
def take_stance(*, topic: Topic, member, value: int) -> Stance:
    """Say where one stands, 1 (wholly against) to 5 (wholly in favour); the last word counts. Raises TopicOver."""
    stance, _ = Stance.objects.update_or_create(
        topic=_open(topic), member=member, defaults={"value": value, "at": timezone.now()}
    )
    return stance


@transaction.atomic
def argue(*, topic: Topic, by, side: str, text: str) -> Argument:
    """Give an argument; the same words again give the first one back. Raises TopicOver, EnoughArguments."""
    topic, text = _open(topic), clean_line(text)[:300]
    present = topic.arguments.filter(side=side)
    if same := present.filter(text__iexact=text).first():
        return same
    if present.count() >= MOST_ARGUMENTS:
        raise EnoughArguments
    return topic.arguments.create(side=Argument.Side(side), text=text, by=by)


@transaction.atomic
def back(*, argument: Argument, member) -> bool:
    """Back an argument, or take that back; returns whether it is backed now. Raises TopicOver."""
    _open(argument.topic)
    if Backing.objects.filter(argument=argument, member=member).delete()[0]:
        return False
    Backing.objects.create(argument=argument, member=member)
    return True
