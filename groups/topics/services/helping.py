"""Asks and offers: saying that one can help or would like it, and wanting to hear of what fits."""

from django.db import transaction

from groups.topics.errors import NotOwnAsk, TopicOver
from groups.topics.models import Helper, Second, Topic
from notifications.services import notify


@transaction.atomic
def offer_help(*, topic: Topic, member) -> bool:
    """Say “I can help” (or “I would like that”), or take it back; who asked is told. Returns whether it stands now.

    Raises NotOwnAsk, TopicOver.
    """
    topic = Topic.objects.select_for_update(of=("self",)).select_related("conversation__subgroup").get(pk=topic.pk)
    if topic.conversation.started_by_id == member.pk:
        raise NotOwnAsk
    if not topic.is_open:
        raise TopicOver
    if Second.objects.filter(topic=topic, member=member).delete()[0]:
        return False
    Second.objects.create(topic=topic, member=member)
    notify(
        member_ids=[pk for pk in [topic.conversation.started_by_id] if pk],
        kind="topic.helper",
        key=f"topic:{topic.pk}",
        context={"topic": topic.pk, "member": member.pk},
        dedupe=f"topic.helper:{topic.pk}:{member.pk}",
        place=topic.conversation.subgroup.stream,
    )
    return True


def wish_to_help(*, member, on: bool) -> None:
    """Want to hear of asks that fit one's interests, or not any more."""
    if on:
        Helper.objects.get_or_create(member=member)
    else:
        Helper.objects.filter(member=member).delete()
