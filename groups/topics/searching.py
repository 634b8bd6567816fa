"""What topics answer to a search: asks and offers, suggestions, propositions and questions by their subject."""

from django.utils.translation import gettext_lazy as _

from groups.topics.access import visible_topics
from theme.search import Hit, Question, Source, narrowed, register_source, rows_for


def find_topics(member, question: Question, limit: int) -> list[Hit]:
    return [
        Hit(
            title=topic.conversation.title,
            url=topic.get_absolute_url(),
            snippet=f"{topic.get_kind_display()} · {topic.get_state_display()}",
            where=topic.conversation.subgroup.name,
            who=topic.conversation.started_by.display_name if topic.conversation.started_by else "",
            at=topic.conversation.started_at,
        )
        for topic in rows_for(_topics, member, question, limit)
    ]


def _topics(member, question: Question, limit: int):
    found = visible_topics(member)
    for word in question.words:
        found = found.filter(conversation__title__icontains=word)
    found = narrowed(
        found,
        question,
        subgroup="conversation__subgroup",
        author="conversation__started_by",
        at="conversation__started_at",
    )
    found = found.select_related("conversation__subgroup", "conversation__started_by")
    return found.order_by("-conversation__started_at")[:limit]


register_source(Source("topics", _("Suggestions, asks and questions"), "star", find_topics, order=15))
