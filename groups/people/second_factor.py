"""Who may do much, proves twice who they are: without a second step there is no page but the one to set it up."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from groups.people.safety import needs_second_factor

# To set it up one has to get there, in a page that looks like the house, and out again.
OPEN_PATHS = (
    *("/account/", "/static/", "/live/", "/members/act-as-myself/"),
    *("/house/", "/huisstijl.", "/manifest.webmanifest", "/service-worker.js", "/privacy/statement/", "/.well-known/"),
)
UPTIME = "/health/"  # says nothing but that the house stands; the pages below it are for managers


def second_factor_required(get_response):
    """Lead holders of the roles that must (safety.py), and whoever opens the editor, to the set-up of a second step."""

    def middleware(request):
        if settings.REQUIRE_MFA and request.user.is_authenticated and _is_missing(request):
            messages.info(request, _("With your role you log in with a second step. Choose one here first."))
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _is_missing(request) -> bool:
    if request.path == UPTIME or request.path.startswith(OPEN_PATHS) or not _must(request):
        return False
    # Recovery codes alone are a paper list and no second step.
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=request.user, type__in=kinds).exists()


def _must(request) -> bool:
    return request.path.startswith("/cms/") or needs_second_factor(request.user)
