import json
import sys
from contextlib import suppress
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request, override
from django.views.decorators.http import require_safe

from theme import house_icons
from theme.house import house
from theme.house_style import style_sheet

FOREVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=300"


@login_not_required
@require_safe
def house_style(request, version):
    own = house()
    response = HttpResponse(style_sheet(own.colour), content_type="text/css")
    # An old page asks for the old colour: it gets the new one, but must not keep it under the old name.
    response["Cache-Control"] = FOREVER if version == own.style_version else BRIEFLY
    return response


@login_not_required
@require_safe
def house_icon(request, kind, size, version):
    if (kind, size) not in house_icons.SIZES:
        raise Http404
    own = house()
    response = HttpResponse(house_icons.draw(own, kind, size), content_type="image/png")
    response["Cache-Control"] = FOREVER if version == own.icon_version else BRIEFLY
    return response


@login_not_required
@require_safe
def manifest(request):
    own = house()
    answer = {
        "id": "/",
        "name": own.name,
        "short_name": own.name if len(own.name) <= 12 else own.name.split()[-1][:12],
        "description": own.tagline,
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": own.light.band,
        "background_color": "#f6f3ee",
        "icons": [
            _icon(own, "any", 192),
            _icon(own, "any", 512),
            _icon(own, "maskable", 512),
        ],
    }
    response = JsonResponse(answer, content_type="application/manifest+json")
    response["Cache-Control"] = BRIEFLY
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _icon(own, kind, size):
    return {"src": own.icon_url(kind, size), "sizes": f"{size}x{size}", "type": "image/png", "purpose": kind}


@login_not_required
@require_safe
def service_worker(request):
    """At the root, because a worker only serves pages below its own address."""
    files = [reverse("offline"), house().style_url, *(static(f"theme/{name}") for name in SHELL)]
    context = {"files": json.dumps(files), "offline_url": files[0], "version": shell_version(files)}
    response = render(request, "theme/service_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


SHELL = (
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "app.js",
    "live.js",
    "icons.svg",
    "vendor/htmx-2.0.11.min.js",
    "vendor/figtree-latin.woff2",
)


def shell_version(files: list[str]) -> str:
    """Changes with every hashed name, so that a new release replaces the kept files."""
    return sha256(" ".join(files).encode()).hexdigest()[:12]


@login_not_required
@require_safe
def offline(request):
    return render(request, "theme/offline.html")


def fault(request):
    """Something broke, or the database is away for a moment. Asks nothing of the database, and gives back what was
    typed: the page it was typed on is gone."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    with override(get_language_from_request(request)):
        page = loader.render_to_string("500.html", {"is_away": is_away, "typed": _typed(request, is_away)})
    response = HttpResponse(page, status=503 if is_away else 500)
    if is_away:
        response["Retry-After"] = "30"
    return response


def _typed(request, may_read: bool) -> list[str]:
    """What was sent in words; codes, choices, passwords and passphrases are not."""
    if may_read and request.method == "POST":
        with suppress(SuspiciousOperation, OSError):
            request.POST.keys()  # the session is asked for first, so nobody has read it yet
    sent = vars(request).get("_post") or {}  # else only what was read already: reading it may be what broke
    values = [value for name in sent if "pass" not in name for value in sent.getlist(name)]
    return [value for value in values if " " in value.strip()]
