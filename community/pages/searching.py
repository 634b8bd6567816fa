"""What pages answer to a search: announcements, news and pages that the member may read at this moment."""

import unicodedata

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from community.pages.access import readable, visible_announcements
from community.pages.models import ContentPage, NewsPage
from community.pages.texts import plain_text_of
from theme.search import Hit, Question, Source, register_source, snippet
from theme.together import Together


def note_words(page) -> None:
    """Keep what search looks in: the words as they are published, never those of a draft."""
    text = " ".join((page.title, getattr(page, "intro", ""), plain_text_of(page.body)))
    type(page).objects.filter(pk=page.pk).update(words=folded(text))


def folded(text: str) -> str:
    """Small letters without accents, so that “cafe” finds “Café”; the same on every database."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def find_announcements(member, question: Question, limit: int) -> list[Hit]:
    found = _matching(visible_announcements(member), question).select_related("owner")
    if question.person:
        found = found.filter(_named(question.person))
    found = _between(found, question, "first_published_at")
    return [
        Hit(
            title=page.title,
            url=page.get_absolute_url(),
            snippet=snippet(page.plain_text, question.words),
            who=page.sender_name,
            at=page.first_published_at,
        )
        for page in found.order_by("-first_published_at", "-pk")[:limit]
    ]


def find_pages(member, question: Question, limit: int) -> list[Hit]:
    """News and pages, the newest first. Nobody is their author, so a question about a person finds none."""
    if question.person:
        return []
    questions = Together()
    for model in (ContentPage, NewsPage):
        found = _between(_matching(readable(model, member), question), question, "last_published_at")
        rows = found.annotate(stored_body=Cast("body", TextField())).order_by("-last_published_at", "-pk")
        questions.first(model, rows, *ITS_WORDS, limit=limit)
    hits = [_hit(page, question) for model in (ContentPage, NewsPage) for page in questions[model]]
    return sorted(hits, key=lambda hit: hit.at, reverse=True)[:limit]


ITS_WORDS = ("title", "url_path", "last_published_at", "intro", "stored_body")


def _hit(page, question: Question) -> Hit:
    page.body = page.stored_body
    text = f"{page.intro} {plain_text_of(page.body)}"
    return Hit(page.title, page.get_url() or "", snippet(text, question.words), at=page.last_published_at)


def _matching(pages, question: Question):
    for word in question.words:
        pages = pages.filter(words__contains=folded(word))
    if question.subgroup_id:
        pages = pages.filter(subgroups=question.subgroup_id)
    return pages


def _named(person: str) -> Q:
    words = person.split()
    by_name = Q()
    for word in words:
        by_name &= Q(owner__first_name__istartswith=word) | Q(owner__last_name__istartswith=word)
    return Q(sender__icontains=person) | (Q(sender="") & by_name)


def _between(pages, question: Question, moment: str):
    if question.since:
        pages = pages.filter(**{f"{moment}__date__gte": question.since})
    if question.until:
        pages = pages.filter(**{f"{moment}__date__lte": question.until})
    return pages


register_source(Source("announcements", _("Announcements"), "megaphone", find_announcements, order=5))
register_source(Source("pages", _("News and pages"), "newspaper", find_pages, order=35))
