"""A session that lay idle shows nothing until its member has proved again who they are; then it goes on."""

import time
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.http import urlencode

from groups.people.access import guardian_behind
from groups.people.looking_along import HELPING
from groups.people.safety import idle_seconds
from notifications.live import patience_registry

ACTIVE_KEY = "active_at"
KEPT_KEY = "sent_while_locked"
KEPT_MOST = 200_000  # characters; what is longer was hardly typed
KEPT_PAGE = "/account/sent/"
# Secrets belong in no session: with "pass" in the name they are typed again, such as a teller's passphrase.
NOT_KEPT = ("csrfmiddlewaretoken", "pass")
# The doors at which one proves it, the way out, and what a page needs that says nothing of anybody.
OPEN_PATHS = (
    *("/account/reauthenticate/", "/account/2fa/reauthenticate/", "/account/2fa/webauthn/reauthenticate/"),
    *("/account/prove/", "/account/logout/", "/account/login/", "/privacy/statement/", "/offline/", "/.well-known/"),
    *("/static/", "/house/", "/huisstijl.", "/manifest.webmanifest", "/service-worker.js", "/notices/unsubscribe/"),
)
UPTIME = "/health/"


def idle_lock(get_response):
    def middleware(request):
        if not request.user.is_authenticated or (term := _term(request)) is None:
            return get_response(request)
        sign = last_sign(request.session)
        request.is_locked = bool(sign) and time.time() - sign > term
        if not request.is_locked:
            _note(request, sign, term)
            _forget_when_sent(request)
            return get_response(request)
        was_helping = request.session.pop(HELPING, None) is not None  # the lock ends looking along
        if request.path == UPTIME or request.path.startswith(OPEN_PATHS):
            return get_response(request)
        return _ask_for_proof(request, was_helping)

    return middleware


def _term(request) -> int | None:
    """Who acts for a child is one press away from their own session, so the shortest of both holds."""
    people = [request.user, guardian_behind(request)] if "guardian" in request.session else [request.user]
    return min((term for person in people if person and (term := idle_seconds(person)) is not None), default=None)


def last_sign(session) -> float:
    """When its member last did something in this session, or proved who they are. 0: it is older than this rule."""
    proofs = session.get(AUTHENTICATION_METHODS_SESSION_KEY)
    moments = [proof["at"] for proof in proofs] if isinstance(proofs, list) else []
    return max([session.get(ACTIVE_KEY, 0), *moments])


def _note(request, sign: float, term: int) -> None:
    """Keep that the member is here; seldom enough that reading on does not write the session at every page."""
    now = time.time()
    if _is_by_hand(request) and now - sign > min(term / 10, 600):
        request.session[ACTIVE_KEY] = now


def _forget_when_sent(request) -> None:
    if request.method == "POST" and request.session.get(KEPT_KEY, {}).get("path") == request.get_full_path():
        del request.session[KEPT_KEY]


def _is_by_hand(request) -> bool:
    """A page that was opened or a form that was sent, not what an open page fetches by itself."""
    if request.method == "POST":
        return not request.path.endswith("/read/")  # a page that is on screen says by itself how far it was read
    if request.headers.get("HX-Request"):
        return False
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _ask_for_proof(request, was_helping: bool):
    # What another site sends is not kept, not even to be shown.
    if refused := CsrfViewMiddleware(lambda request: None).process_view(request, _ask_for_proof, (), {}):
        return refused
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    door = methods[0]["url"]
    if request.headers.get("HX-Request") or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        # Not 2xx: to the page it was not accepted, so what was typed is kept for when it comes back.
        page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")).path or "/"
        return HttpResponse(status=403, headers={"HX-Redirect": f"{door}?{urlencode({'next': page})}"})
    if was_helping:
        return HttpResponseRedirect(f"{door}?{urlencode({'next': '/'})}")  # sent in another's pages: not kept
    return HttpResponseRedirect(f"{door}?{urlencode({'next': _back_to(request)})}")


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in NOT_KEPT)


def _back_to(request) -> str:
    """Where the proof leads to. What was sent is shown there first: it may be from whoever found the open device."""
    if request.method != "POST":
        return request.get_full_path()
    fields = [[name, value] for name, values in request.POST.lists() for value in values if not _is_secret(name)]
    if sum(len(value) for _name, value in fields) > KEPT_MOST:
        return "/"
    request.session[KEPT_KEY] = {"path": request.get_full_path(), "fields": fields, "with_files": bool(request.FILES)}
    return KEPT_PAGE


@patience_registry
def seconds_until_lock(member, session) -> float | None:
    """For the live socket, which is no sign of anybody."""
    if session.session_key is None or (term := idle_seconds(member)) is None:
        return None
    return (last_sign(session) or time.time()) + term - time.time()
