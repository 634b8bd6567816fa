"""Pages, pictures and documents: the one place where a visitor without login may get an answer."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_document
from wagtail.views import serve as serve_page

from community.pages.access import may_read_file
from community.pages.queries import public_front_page, rendition_named
from theme.serving import serve_private


def _or_login(request, answer):
    """The answer; a visitor who gets none is asked to log in, whether the page exists or not."""
    try:
        return answer()
    except Http404:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())


@login_not_required
@require_safe
def page(request, path):
    return _or_login(request, lambda: serve_page(request, path))


@login_not_required
@require_safe
def front_page(request):
    """What the association publishes for everybody; without it, the log-in page."""
    landing = public_front_page()
    return landing.serve(request) if landing else redirect("account_login")


@login_not_required
@require_safe
def document(request, document_id, document_filename):
    return _or_login(request, lambda: _private(serve_document(request, document_id, document_filename)))


@login_not_required
@require_safe
def picture(request, name):
    rendition = rendition_named(name)
    if rendition is None or not may_read_file(request.user, rendition.image):
        raise Http404
    kind = name.rpartition(".")[2].replace("jpg", "jpeg")
    response = serve_private(request, rendition.file, name=name.rpartition("/")[2], content_type=f"image/{kind}")
    # A picture may leave a page, and its reader a group: the reader's own browser keeps it, and not for long.
    response["Cache-Control"] = "private, max-age=600"
    return response


def _private(response):
    response["Cache-Control"] = "private, no-store"
    return response
