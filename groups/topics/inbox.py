"""The questions that wait for an answer: nobody has to put them on the list, so none can be forgotten."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from groups.conversations.access import visible_conversations
from groups.conversations.models import Conversation, Message
from groups.subgroups.access import entered_subgroups, subgroups_with_right
from groups.topics.access import handled_topics, handles_everywhere
from groups.topics.models import Topic

UNNOTICED_AFTER = timedelta(days=2)


def questions_to_answer(member):
    """Open questions this member may answer, the most urgent first."""
    found = handled_topics(member).filter(kind=Topic.Kind.QUESTION, state=Topic.State.OPEN)
    found = found.select_related("conversation__subgroup", "conversation__started_by", "owner")
    return found.order_by("due_on", "conversation__started_at", "pk")


def overdue(member):
    return questions_to_answer(member).filter(due_on__lt=timezone.localdate())


def without_reply(member):
    """Discussions that ask something in their first message and to which nobody replied for two days."""
    groups = entered_subgroups(member) if handles_everywhere(member) else subgroups_with_right(member, "moderate")
    asks = Message.objects.present().filter(conversation=OuterRef("pk"), number=1, text__contains="?")
    found = visible_conversations(member).filter(
        kind=Conversation.Kind.THREAD,
        subgroup__in=groups.values("pk"),
        last_number=1,
        closed_at__isnull=True,
        started_at__lt=timezone.now() - UNNOTICED_AFTER,
        topic__isnull=True,
    )
    return found.filter(Exists(asks)).select_related("subgroup", "started_by").order_by("started_at")
