"""An unusual rise in reactions: many to one member, in an hour, from only a few people. Flagged for a look."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from groups.conversations.models import Message, Reaction
from groups.conversations.reactions import reacted_registry
from groups.moderation.models import Flag

WITHIN = timedelta(hours=1)
MANY, FEW = 10, 5  # at least so many reactions, from at most so many people


@reacted_registry
def flag_rise(message: Message) -> None:
    """Raise a flag, or bring the open one up to date, within the transaction of the reaction."""
    subgroup_id = message.conversation.subgroup_id
    if subgroup_id is None or message.author_id is None:
        return
    recent = Reaction.objects.filter(
        message__author=message.author_id,
        message__conversation__subgroup=subgroup_id,
        created_at__gte=timezone.now() - WITHIN,
    ).exclude(member=message.author_id)
    count = recent.aggregate(reactions=Count("pk"), people=Count("member", distinct=True))
    if count["reactions"] >= MANY and count["people"] <= FEW:
        Flag.objects.update_or_create(
            author_id=message.author_id,
            subgroup_id=subgroup_id,
            seen_at=None,
            defaults={"message": message, **count},
        )
