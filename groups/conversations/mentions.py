"""Naming people with an @ followed by their name."""

import re

from django.db.models import Q

from groups.conversations.access import readers_of
from groups.conversations.models import Barrier
from groups.people.models import Member

AT = re.compile(r"(?:^|(?<=[\s(“\"'*_]))@(?=\w)")
MAX_MENTIONS = 20


def mentioned_in(text: str, conversation, by=None) -> list[Member]:
    """The members of the conversation's circle who are named in the text with their full or first name.

    Who has blocked `by` cannot be mentioned by them. The longest name that fits wins; a first name counts only when
    one person in the circle has it.
    """
    spots = [match.end() for match in AT.finditer(text)][:MAX_MENTIONS]
    if not spots:
        return []
    by_name: dict[str, list[Member]] = {}
    circle = Member.objects.filter(pk__in=readers_of(conversation))
    if by:
        circle = circle.exclude(barriers__against=by, barriers__kind=Barrier.Kind.BLOCK)
    for member in circle:
        for name in {member.display_name.casefold(), member.first_name.casefold()}:
            by_name.setdefault(name, []).append(member)
    names = sorted(by_name, key=len, reverse=True)
    found = (_named_at(text[spot:].casefold(), names, by_name) for spot in spots)
    return list({member.pk: member for members in found for member in members}.values())


def _named_at(rest: str, names: list[str], by_name: dict) -> list[Member]:
    for name in names:
        if rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum():
            return by_name[name] if len(by_name[name]) == 1 or " " in name else []
    return []


def suggestions(conversation, member, typed: str, limit: int = 6):
    """Members of the circle whose first or last name begins with what is typed, by name."""
    typed = typed.strip()[:60]
    circle = Member.objects.filter(pk__in=readers_of(conversation)).exclude(pk=member.pk)
    if typed:
        first, _, rest = typed.partition(" ")
        begins = Q(first_name__istartswith=first) | Q(last_name__istartswith=typed)
        circle = circle.filter(begins, Q(last_name__icontains=rest) | Q(name_prefix__istartswith=rest))
    return circle.order_by("first_name", "last_name", "pk")[:limit]


def name_pattern(names: list[str]) -> re.Pattern | None:
    """Finds `@name` in rendered text for each of the names, longest first."""
    if not names:
        return None
    return re.compile("@(" + "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True)) + r")(?!\w)", re.I)
