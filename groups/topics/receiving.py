"""What topics do when something happens in a conversation."""

from groups.conversations.thread_parts import answered_registry
from groups.topics.models import Topic
from groups.topics.services import settle


@answered_registry
def settle_question(conversation, message, by) -> None:
    topic = Topic.objects.filter(conversation=conversation, kind=Topic.Kind.QUESTION).first()
    if topic:
        settle(topic=topic, by=by, is_answered=message is not None)
