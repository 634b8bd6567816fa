"""What every answer gets: compression for text, no caching of what a member sees, the editor's own policy."""

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

COMPRESSED = ("text/", "application/json", "application/javascript", "image/svg+xml", "application/manifest")


class TextGZipMiddleware(GZipMiddleware):
    """Compress text only: a photo does not get smaller and a file must stay open to range requests."""

    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith(COMPRESSED) and not response.has_header("Content-Range"):
            return super().process_response(request, response)
        return response


gzip_text = TextGZipMiddleware


def private_answers(get_response):
    """Forbid any cache to keep what a logged-in member sees, unless the view said otherwise."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        response.setdefault("Permissions-Policy", "geolocation=(), camera=(), payment=()")
        if request.path.startswith("/cms/"):
            response["Content-Security-Policy"] = editor_policy()
        return response

    return middleware


def editor_policy() -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in settings.CMS_CONTENT_SECURITY_POLICY.items())


def words_for_wrong_methods(get_response):
    """Show a page, not an empty screen, to who opens the address of a form, as after logging in again halfway."""

    def middleware(request):
        response = get_response(request)
        if response.status_code != 405 or response.content or request.method == "HEAD":
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware
