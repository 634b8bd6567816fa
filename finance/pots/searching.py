"""What pots answer to a search: by name and purpose; no amounts, no payers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.pots.access import visible_pots
from theme.search import Hit, Question, Source, narrowed, register_source, snippet


def find_pots(member, question: Question, limit: int) -> list[Hit]:
    found = narrowed(visible_pots(member), question, subgroup="subgroup", author="", at="opened_at")
    for word in question.words:
        found = found.filter(Q(name__icontains=word) | Q(purpose__icontains=word))
    return [
        Hit(
            title=pot.name,
            url=pot.get_absolute_url(),
            snippet=snippet(pot.purpose, question.words),
            where=pot.subgroup.name,
            at=pot.opened_at,
        )
        for pot in found.select_related("subgroup").order_by("-opened_at")[:limit]
    ]


register_source(Source("pots", _("Pots"), "piggy-bank", find_pots, order=27))
