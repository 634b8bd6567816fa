"""What subgroups answer to a search: those the member may know exist."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import visible_subgroups
from theme.search import Hit, Question, Source, register_source, snippet


def matching_subgroups(member, question: Question):
    found = visible_subgroups(member)
    if question.is_narrowed:
        return found.none()
    for word in question.words:
        found = found.filter(Q(name__icontains=word) | Q(description__icontains=word))
    return found


def subgroup_hit(subgroup, question: Question) -> Hit:
    return Hit(subgroup.name, subgroup.get_absolute_url(), snippet(subgroup.description, question.words))


register_source(
    Source(
        "groups",
        _("Groups"),
        "users",
        order=30,
        rows=matching_subgroups,
        hit=subgroup_hit,
        names=("name", "slug", "description"),
    )
)
