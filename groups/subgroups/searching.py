"""What subgroups answer to a search: those the member may know exist."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import visible_subgroups
from theme.search import Hit, Question, Source, register_source, snippet


def find_subgroups(member, question: Question, limit: int) -> list[Hit]:
    if question.is_narrowed:
        return []
    found = visible_subgroups(member)
    for word in question.words:
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return [
        Hit(subgroup.name, subgroup.get_absolute_url(), snippet(subgroup.description, question.words))
        for subgroup in found[:limit]
    ]


register_source(Source("groups", _("Groups"), "users", find_subgroups, order=30))
