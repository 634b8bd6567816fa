"""Lists across groups: asks and offers for everybody, questions for who answers them."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from groups.topics.access import subgroups_to_start_in, visible_topics
from groups.topics.inbox import questions_to_answer, without_reply
from groups.topics.models import Topic
from groups.topics.navigation import handles_something
from groups.topics.queries import is_helper, with_support
from groups.topics.services import wish_to_help
from theme.responses import page_or_partial

PER_PAGE = 30
BOARD_KINDS = (Topic.Kind.ASK, Topic.Kind.OFFER)


@require_safe
def asks(request):
    chosen = request.GET.get("kind")
    kinds = [chosen] if chosen in BOARD_KINDS else BOARD_KINDS
    rows = visible_topics(request.user).filter(kind__in=kinds, state=Topic.State.OPEN)
    if request.GET.get("fits") == "1":
        rows = rows.filter(interest__in=request.user.interests.values("pk"))
    rows = with_support(rows, request.user).order_by("-conversation__started_at", "-pk")
    rows = rows.select_related("conversation__subgroup", "conversation__started_by", "interest")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen if chosen in BOARD_KINDS else "",
        "fits": request.GET.get("fits") == "1",
        "is_helper": is_helper(request.user),
        "may_start": subgroups_to_start_in(request.user).exists(),
    }
    return page_or_partial(request, "topics/asks.html", context)


@require_POST
def helper(request):
    wish_to_help(member=request.user, on=request.POST.get("on") == "1")
    return redirect("asks")


@require_safe
def questions(request):
    if not handles_something(request):
        raise PermissionDenied
    context = {
        "page": Paginator(questions_to_answer(request.user), PER_PAGE).get_page(request.GET.get("page")),
        "unnoticed": without_reply(request.user)[:PER_PAGE],
    }
    return page_or_partial(request, "topics/questions.html", context)
