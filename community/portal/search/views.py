from dataclasses import dataclass
from functools import partial

from django.views.decorators.http import require_safe

from community.portal.search.forms import SearchForm
from theme.kept import Asked
from theme.responses import page_or_partial
from theme.search import Hit, Source, sources
from theme.together import Together

FEW, MANY = 5, 30


@dataclass(frozen=True, slots=True)
class Found:
    source: Source
    hits: list[Hit]
    has_more: bool


@require_safe
def search(request):
    """A few of each kind, or many of one."""
    form = SearchForm(request.GET if "q" in request.GET else None, member=request.user)
    found = _found(request.user, form) if form.is_valid() and form.question().words else None
    return page_or_partial(request, "portal/search.html", {"form": form, "found": found}, partials={"found"})


def _found(member, form: SearchForm) -> list[Found]:
    chosen = form.cleaned_data["kind"]
    asked = [source for source in sources() if chosen in ("", source.code)]
    question, limit, questions = form.question(), MANY if chosen else FEW, Together()
    for source in asked:
        if source.rows:
            rows = source.rows if question.is_narrowed else partial(Asked, source.rows)
            questions.first(source.code, rows(member, question), *source.names, limit=limit + 1)
    answers = (_answer(source, member, question, limit, questions) for source in asked)
    return [answer for answer in answers if answer.hits]


def _answer(source: Source, member, question, limit: int, questions: Together) -> Found:
    if source.rows:
        hits = [source.hit(row, question) for row in questions[source.code]]
    else:
        hits = list(source.find(member, question, limit + 1))
    return Found(source, hits[:limit], len(hits) > limit)
