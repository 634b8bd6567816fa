"""Finding people who are in the register twice."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from groups.people.models import KnownDifferent, Member

MOST = 50


@dataclass(frozen=True, slots=True)
class Double:
    """Two accounts that may be one person, and what makes one think so."""

    first: Member
    second: Member
    has_initial: bool  # only the first letter of the first name agrees


def likely_doubles(people) -> list[Double]:
    """Pairs with the same name, whatever the accents and capitals; “J. Bos” goes with “Jan Bos”. Two queries.

    Who was said to be two people does not come back. At most 50 at a time.
    """
    different = set(KnownDifferent.objects.values_list("first", "second"))
    named: dict[str, list] = defaultdict(list)
    for pk, first, prefix, last in people.values_list("pk", "first_name", "name_prefix", "last_name"):
        named[plain(f"{prefix}{last}")].append((pk, plain(first)))
    pairs = [pair for same in named.values() if len(same) > 1 for pair in _pairs(same) if pair[:2] not in different]
    chosen = pairs[:MOST]
    members = people.in_bulk([pk for pair in chosen for pk in pair[:2]])
    return [Double(members[first], members[second], initial) for first, second, initial in chosen]


def _pairs(people: list[tuple[int, str]]):
    """(older account, newer account, only an initial agrees); compared are the few that could be the same."""
    by_letter: dict[str, list] = defaultdict(list)
    for pk, first in people:
        by_letter[first[:1]].append((pk, first))
    for same_letter in by_letter.values():
        for at, (pk, first) in enumerate(same_letter):
            for other, second in same_letter[at + 1 :]:
                if first == second or min(len(first), len(second)) == 1:
                    yield (*sorted((pk, other)), first != second)


def plain(name: str) -> str:
    """A name without accents, capitals, dots and spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())
