"""From the day a text counts, who has not accepted it is led to it, and to nothing else but the ways out."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from groups.agreements.access import due_texts

# Reading the texts, taking along or erasing what is one's own, and leaving; voting is never taken away.
OPEN_PATHS = (
    *("/agreements/", "/privacy/", "/guidelines/", "/account/", "/members/act-as-myself/"),
    *("/polls/", "/surveys/", "/meetings/"),
    *("/static/", "/live/", "/house/", "/huisstijl.", "/manifest.webmanifest", "/service-worker.js", "/offline/"),
    *("/.well-known/", "/notices/unsubscribe/"),
)
UPTIME = "/health/"  # says nothing but that the house stands
# Under those, what is not the member's own: the desk of the privacy officer, and making polls and meetings.
CLOSED_PATHS = (
    *("/privacy/requests/", "/privacy/retention/", "/privacy/holds/", "/privacy/breaches/"),
    *("/polls/new/", "/meetings/new/"),
)


def acceptance_required(get_response):
    """Lead members to the texts they have yet to accept; afterwards they are back where they wanted to be."""

    def middleware(request):
        # What was typed in a page that was open already is taken in; the next page leads to the texts.
        is_sent = request.method not in ("GET", "HEAD")
        if not request.user.is_authenticated or is_sent or is_open(request.path) or not due_texts(request.user):
            return get_response(request)
        way = f"{reverse('agreements')}?{urlencode({'next': _wanted(request)})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": way})
        return redirect(way)

    return middleware


def is_open(path: str) -> bool:
    return path == UPTIME or (path.startswith(OPEN_PATHS) and not path.startswith(CLOSED_PATHS))


def _wanted(request) -> str:
    """The page itself, or for a part of it the page it stands on."""
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return page if request.headers.get("HX-Request") and page else request.get_full_path()
