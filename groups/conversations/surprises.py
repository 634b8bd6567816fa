"""A discussion can be a surprise for a member of its group."""

from groups.conversations.access import may_moderate, visible_conversations
from groups.conversations.models import Conversation
from groups.people.models import kept_from
from groups.people.surprises import SurpriseKind, register_surprise
from groups.subgroups.access import members_of


def may_keep(member, conversation) -> bool:
    return conversation.started_by_id == member.pk or may_moderate(member, conversation)


def _find(member, pk: int):
    threads = visible_conversations(member).filter(kind=Conversation.Kind.THREAD).select_related("subgroup")
    found = threads.filter(pk=pk).first()
    return found if found and may_keep(member, found) else None


def _places(member) -> list[str]:
    hidden = Conversation.objects.filter(kept_from(member)).select_related("subgroup")
    return [row.subgroup.stream for row in hidden]


register_surprise(
    SurpriseKind(
        "thread",
        find=_find,
        people=lambda member, thread: members_of(thread.subgroup).exclude(pk=thread.started_by_id),
        keys=lambda thread: thread.notice_keys,
        places=_places,
    )
)
