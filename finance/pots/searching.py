"""What pots answer to a search: by name and purpose; no amounts, no payers."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finance.pots.access import visible_pots
from theme.search import Hit, Question, Source, narrowed, register_source, snippet


def matching_pots(member, question: Question):
    found = narrowed(visible_pots(member), question, subgroup="subgroup", author="", at="opened_at")
    for word in question.words:
        found = found.filter(Q(name__icontains=word) | Q(purpose__icontains=word))
    return found.annotate(group_name=F("subgroup__name")).order_by("-opened_at")


def pot_hit(pot, question: Question) -> Hit:
    words = snippet(pot.purpose, question.words)
    return Hit(title=pot.name, url=pot.get_absolute_url(), snippet=words, where=pot.group_name, at=pot.opened_at)


register_source(
    Source(
        "pots",
        _("Pots"),
        "piggy-bank",
        order=27,
        rows=matching_pots,
        hit=pot_hit,
        names=("name", "purpose", "opened_at", "group_name"),
    )
)
