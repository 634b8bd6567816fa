"""Two people of one name, told apart where somebody chooses between them: by what who looks may see anyway."""

from collections import Counter

from groups.people.access import may_for_association
from groups.people.models import Audience, ProfileValue
from theme.registry import Registry

FEW = 3  # words beside a name; more is a profile

apart_registry = Registry("What tells these people apart for who looks? function(viewer, people) -> {id: words}")


def tell_apart(viewer, people) -> list:
    """The people, each with `apart`: a line of few words, or an empty text. The same queries for any number."""
    people = list(people)
    answers = [ask(viewer, people) for ask in apart_registry] if people else []
    for person in people:
        words = [word for answer in answers for word in answer.get(person.pk, [])]
        person.apart = " · ".join(words[:FEW])
    return people


def tell_namesakes_apart(viewer, people) -> list:
    """As `tell_apart`, but only who shares a name with another row of the list gets words; else nothing is asked."""
    people = list(people)
    names = Counter(person.display_name.casefold() for person in people)
    same_name = [person for person in people if names[person.display_name.casefold()] > 1]
    same = {person.pk: person.apart for person in tell_apart(viewer, same_name)}
    for person in people:
        person.apart = same.get(person.pk, "")
    return people


def namesakes(people) -> list:
    """Those of the queryset whose whole name somebody else in it has as well."""
    seen: dict[str, list[int]] = {}
    for pk, *parts in people.values_list("pk", "first_name", "name_prefix", "last_name"):
        seen.setdefault(" ".join(parts).casefold(), []).append(pk)
    ids = [pk for same in seen.values() if len(same) > 1 for pk in same]
    return list(people.filter(pk__in=ids)) if ids else []


@apart_registry
def numbers(viewer, people) -> dict[int, list[str]]:
    """The member number, for who keeps the register."""
    if not may_for_association(viewer, "manage_members"):
        return {}
    return {person.pk: [person.number] for person in people if person.number}


@apart_registry
def open_answers(viewer, people) -> dict[int, list[str]]:
    """What the directory finds them by: the answers that every member may see."""
    values = ProfileValue.objects.filter(member__in=people, field__is_searchable=True, audience=Audience.MEMBERS)
    words: dict[int, list[str]] = {}
    for member_id, answer in values.exclude(value="").order_by("field__position").values_list("member", "value"):
        words.setdefault(member_id, [answer])  # one says enough
    return words
