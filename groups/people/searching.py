"""What people answer to a search: members by name."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.people.access import findable_members
from groups.people.telling_apart import tell_namesakes_apart
from theme.search import Hit, Question, Source, register_source, rows_for


def find_people(member, question: Question, limit: int) -> list[Hit]:
    if question.is_narrowed:
        return []
    found = rows_for(_people, member, question, limit)
    return [
        Hit(person.display_name, person.get_absolute_url(), where=person.apart)
        for person in tell_namesakes_apart(member, found)
    ]


def _people(member, question: Question, limit: int):
    found = findable_members(member)
    for word in question.words:
        found = found.filter(
            Q(first_name__istartswith=word) | Q(last_name__istartswith=word) | Q(name_prefix__istartswith=word)
        )
    return found[:limit]


register_source(Source("people", _("Members"), "user", find_people, order=40))
