"""Searching across everything: each app answers for its own rows, within the rights of who asks.

A source is asked only for what the member may open now, so nothing of what is hidden can show: no title, no count,
no snippet.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import CharField, Q
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from theme.kept import kept_rows

AROUND = 70  # characters of context on both sides of what was found
MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for. `subgroup_id`, `person` (part of a name), `since` and `until` narrow it down."""

    text: str
    subgroup_id: int | None = None
    person: str = ""
    since: date | None = None
    until: date | None = None

    # What stays open in a question that is kept (theme/kept.py).
    noted = ("is_narrowed", "subgroup_id", "person", "since", "until")
    blanks = {"sentence": CharField(), "beginnings": CharField()}
    lists_of_blanks = {"words": CharField(), "plain_words": CharField()}

    @property
    def words(self) -> list[str]:
        return re.findall(r"[\w'-]+", self.text, re.UNICODE)[:MAX_WORDS]

    @property
    def plain_words(self) -> list[str]:
        return [folded(word) for word in self.words]

    @property
    def sentence(self) -> str:
        return " ".join(self.words)

    @property
    def beginnings(self) -> str:
        """For SQLite's full text: every word as the beginning of one."""
        return " ".join(f'"{word}"*' for word in self.words)

    @property
    def is_narrowed(self) -> bool:
        """Whether only things said by somebody, somewhere or sometime are asked for."""
        return bool(self.subgroup_id or self.person or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `where` names its subgroup or place, `who` its author."""

    title: str
    url: str
    snippet: str = ""
    where: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing, the best or newest first.

    `find(member, question, limit)` gives hits; or, better, `rows(member, question)` a queryset and `hit(row, question)`
    a hit, with in `names` the fields that it needs: the rows of all such sources are asked in one query.
    """

    code: str
    label: str | Promise
    icon: str
    find: Callable[..., Iterable[Hit]] | None = None
    order: int = 50
    rows: Callable | None = None
    hit: Callable[..., Hit] | None = None
    names: tuple[str, ...] = ()


def rows_for(function: Callable, member, question: Question, limit: int):
    """The first rows of `function(member, question, limit=…)`; of a plain question by words the SQL is kept."""
    ask = function if question.is_narrowed else partial(kept_rows, function)
    return ask(member, question, limit=limit)


def folded(text: str) -> str:
    """Small letters without accents, so that “cafe” finds “Café”; the same on every database."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


_sources: dict[str, Source] = {}


def register_source(source: Source) -> Source:
    _sources[source.code] = source
    return source


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.code))


def narrowed(rows, question: Question, *, subgroup: str, author: str = "author", at: str = "created_at"):
    """Leave of a queryset what was said in that group, by that person, between those days.

    `subgroup`, `author` and `at` are the names of the fields, with their path. Empty `subgroup` or `author` means
    that the source knows none: who asks for one then finds nothing, rather than everything.
    """
    if question.subgroup_id:
        rows = rows.filter(**{subgroup: question.subgroup_id}) if subgroup else rows.none()
    if question.since:
        rows = rows.filter(**{f"{at}__date__gte": question.since})
    if question.until:
        rows = rows.filter(**{f"{at}__date__lte": question.until})
    for word in question.person.split():
        if not author:
            return rows.none()
        begins = Q(**{f"{author}__first_name__istartswith": word}) | Q(**{f"{author}__last_name__istartswith": word})
        rows = rows.filter(begins)
    return rows


def snippet(text: str, words: list[str]) -> SafeString:
    """The part of the text around the first word that was found, with the words marked."""
    text = " ".join(text.split())
    found = [match for word in words if (match := _beginning(word).search(_plain(text)))]
    start = max(0, min((match.start() for match in found), default=0) - AROUND)
    piece = text[start : start + 2 * AROUND + 40]
    marked = _mark(piece, words)
    return mark_safe(f"{'…' if start else ''}{marked}{'…' if start + len(piece) < len(text) else ''}")


def _mark(piece: str, words: list[str]) -> str:
    pattern = re.compile("|".join(_beginning(word).pattern for word in words) or r"(?!)", re.IGNORECASE)
    plain, out, end = _plain(piece), [], 0
    for match in pattern.finditer(plain):
        out += [escape(piece[end : match.start()]), "<mark>", escape(piece[match.start() : match.end()]), "</mark>"]
        end = match.end()
    return "".join([*out, escape(piece[end:])])


def _beginning(word: str) -> re.Pattern:
    """A word that begins like this one; the last letters may differ, as stemming allows."""
    stem = _plain(word)
    stem = stem[: max(4, len(stem) - 2)]
    return re.compile(rf"\b{re.escape(stem)}\w*", re.IGNORECASE)


def _plain(text: str) -> str:
    """The text without accents, letter for letter, so that places in both are the same."""
    return "".join((unicodedata.normalize("NFD", letter)[0] if ord(letter) > 127 else letter) for letter in text)
