"""What pages answer to a search: announcements, news and pages that the member may read at this moment."""

from functools import partial

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from community.pages.access import readable, visible_announcements
from community.pages.models import ContentPage, NewsPage
from community.pages.texts import plain_text_of
from theme.kept import Asked
from theme.search import Hit, Question, Source, folded, register_source, rows_for, snippet
from theme.together import Together


def note_words(page) -> None:
    """Keep what search looks in: the words as they are published, never those of a draft."""
    text = " ".join((page.title, getattr(page, "intro", ""), plain_text_of(page.body)))
    type(page).objects.filter(pk=page.pk).update(words=folded(text))


def find_announcements(member, question: Question, limit: int) -> list[Hit]:
    return [
        Hit(
            title=page.title,
            url=page.get_absolute_url(),
            snippet=snippet(page.plain_text, question.words),
            who=page.sender_name,
            at=page.first_published_at,
        )
        for page in rows_for(_announcements, member, question, limit)
    ]


def _announcements(member, question: Question, limit: int):
    found = _matching(visible_announcements(member), question).select_related("owner")
    if question.person:
        found = found.filter(_named(question.person))
    return _between(found, question, "first_published_at").order_by("-first_published_at", "-pk")[:limit]


def find_pages(member, question: Question, limit: int) -> list[Hit]:
    """News and pages, the newest first. Nobody is their author, so a question about a person finds none."""
    if question.person:
        return []
    questions = Together()
    for model in (ContentPage, NewsPage):
        rows = PAGES[model] if question.is_narrowed else partial(Asked, PAGES[model])
        questions.first(model, rows(member, question), *ITS_WORDS, limit=limit)
    hits = [_hit(page, question) for model in (ContentPage, NewsPage) for page in questions[model]]
    return sorted(hits, key=lambda hit: hit.at, reverse=True)[:limit]


def _content_pages(member, question: Question):
    return _pages(ContentPage, member, question)


def _news_pages(member, question: Question):
    return _pages(NewsPage, member, question)


def _pages(model, member, question: Question):
    found = _between(_matching(readable(model, member), question), question, "last_published_at")
    return found.annotate(stored_body=Cast("body", TextField())).order_by("-last_published_at", "-pk")


PAGES = {ContentPage: _content_pages, NewsPage: _news_pages}
ITS_WORDS = ("title", "url_path", "last_published_at", "intro", "stored_body")


def _hit(page, question: Question) -> Hit:
    page.body = page.stored_body
    text = f"{page.intro} {plain_text_of(page.body)}"
    return Hit(page.title, page.get_url() or "", snippet(text, question.words), at=page.last_published_at)


def _matching(pages, question: Question):
    for word in question.plain_words:
        pages = pages.filter(words__contains=word)
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
