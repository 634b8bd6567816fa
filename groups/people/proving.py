"""Fresh proof of who one is, for what weighs; also of members who have no password and no second step."""

import time
from functools import wraps

from allauth.account import app_settings
from allauth.account import decorators as allauth
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired


def reauthentication_required(function=None, *, allow_get=False, enabled=None):
    """As allauth's, with two differences: who logged in a moment ago has proved it just now, and who has nothing to
    prove it with (neither password nor second step) is not let pass but logs in again with a code by mail."""

    def decorate(view):
        guarded = allauth.reauthentication_required(view, allow_get=allow_get, enabled=enabled)

        @wraps(view)
        def wrapper(request, *args, **kwargs):
            is_asked = (enabled is None or enabled(request)) and not (allow_get and request.method == "GET")
            if not is_asked or _came_in_just_now(request):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated and not get_reauthentication_flows(request.user):
                raise ReauthenticationRequired
            return guarded(request, *args, **kwargs)

        return wrapper

    return decorate(function) if function else decorate


def _came_in_just_now(request) -> bool:
    moments = [entry["at"] for entry in get_authentication_records(request, request.user)]
    return bool(moments) and time.time() - max(moments) < app_settings.REAUTHENTICATION_TIMEOUT
