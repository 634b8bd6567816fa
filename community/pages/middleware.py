"""The editor at /cms/ exists only for who holds a current role with that right."""

from django.http import Http404

from community.pages.access import may_edit_pages


def editors_only(get_response):
    """Wagtail looks at auth groups, which may outlive a role; we ask for the role as it holds today."""

    def middleware(request):
        if request.path.startswith("/cms/") and request.user.is_authenticated and not may_edit_pages(request.user):
            raise Http404
        return get_response(request)

    return middleware
