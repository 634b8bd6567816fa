"""What polls answer to a search: by question and explanation; never by outcome, which has its own rules."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polls.access import visible_polls
from theme.search import Hit, Question, Source, narrowed, register_source, rows_for, snippet


def find_polls(member, question: Question, limit: int) -> list[Hit]:
    return [
        Hit(
            title=poll.question,
            url=poll.get_absolute_url(),
            snippet=snippet(poll.explanation, question.words),
            where=str(poll.subgroup or ""),
            at=poll.created_at,
        )
        for poll in rows_for(_polls, member, question, limit)
    ]


def _polls(member, question: Question, limit: int):
    found = narrowed(visible_polls(member), question, subgroup="subgroup", author="")
    for word in question.words:
        found = found.filter(Q(question__icontains=word) | Q(explanation__icontains=word))
    return found.select_related("subgroup").order_by("-created_at")[:limit]


register_source(Source("polls", _("Polls"), "vote", find_polls, order=26))
