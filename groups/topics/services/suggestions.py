from django.db import transaction

from groups.topics.errors import NotOwnSuggestion, TopicOver
from groups.topics.models import Second, Topic

TO_SUPPORT = ("open", "considered", "planned")


@transaction.atomic
def second(*, topic: Topic, member) -> bool:
    """Support a suggestion, or take that back; returns whether it is supported now.

    Raises NotOwnSuggestion, and TopicOver once it is done or declined.
    """
    topic = Topic.objects.select_for_update().select_related("conversation").get(pk=topic.pk)
    if topic.state not in TO_SUPPORT:
        raise TopicOver
    if topic.conversation.started_by_id == member.pk:
        raise NotOwnSuggestion
    if Second.objects.filter(topic=topic, member=member).delete()[0]:
        return False
    Second.objects.create(topic=topic, member=member)
    return True
