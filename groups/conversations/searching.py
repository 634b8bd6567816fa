"""What conversations answer to a search: messages and subjects that the member may read now."""

from django.utils.translation import gettext_lazy as _

from groups.conversations.access import visible_conversations, visible_messages
from groups.conversations.fulltext import matching
from groups.conversations.models import Conversation, Message
from theme.search import Hit, Question, Source, narrowed, register_source, rows_for, snippet


def find_messages(member, question: Question, limit: int) -> list[Hit]:
    return [_message_hit(message, question) for message in rows_for(_messages, member, question, limit)]


def _messages(member, question: Question, limit: int):
    messages = narrowed(visible_messages(member).present(), question, subgroup="conversation__subgroup")
    newest = matching(messages, question).order_by("-created_at", "-pk").values("pk")[:limit]
    # Authors and groups of those few only: a common word is in ten thousands of messages.
    found = Message.objects.filter(pk__in=newest).select_related("author", "conversation__subgroup")
    return found.order_by("-created_at", "-pk")


def _message_hit(message, question: Question) -> Hit:
    return Hit(
        title=str(message.conversation),
        url=message.get_absolute_url(),
        snippet=snippet(message.text, question.words),
        where=str(message.conversation.subgroup or ""),
        who=message.author.display_name if message.author else "",
        at=message.created_at,
    )


def find_threads(member, question: Question, limit: int) -> list[Hit]:
    return [
        Hit(
            title=thread.title,
            url=thread.get_absolute_url(),
            where=thread.subgroup.name,
            who=thread.started_by.display_name if thread.started_by else "",
            at=thread.last_at,
        )
        for thread in rows_for(_threads, member, question, limit)
    ]


def _threads(member, question: Question, limit: int):
    threads = visible_conversations(member).filter(kind=Conversation.Kind.THREAD)
    for word in question.words:
        threads = threads.filter(title__icontains=word)
    threads = narrowed(threads, question, subgroup="subgroup", author="started_by", at="started_at")
    return threads.select_related("subgroup", "started_by").order_by("-last_at")[:limit]


register_source(Source("messages", _("Messages"), "message-circle", find_messages, order=20))
register_source(Source("threads", _("Discussions"), "messages-square", find_threads, order=10))
