"""Acting for a child ends with the guardianship, with the guardian's account and with a change of their password."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from groups.people.access import guardian_behind, guardian_of
from notifications.live import patience_registry


def acting_holds(get_response):
    """Asked afresh at every request of who acts for somebody; else the session would go on as the child's own."""

    def middleware(request):
        is_acting = request.user.is_authenticated and "guardian" in request.session
        if not is_acting or guardian_behind(request):
            return get_response(request)
        logout(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=403, headers={"HX-Redirect": reverse("account_login")})
        return redirect("account_login")

    return middleware


@patience_registry
def none_left_when_acting_ended(member, session) -> float | None:
    is_over = session.session_key and "guardian" in session and guardian_of(session, member.pk) is None
    return 0 if is_over else None
