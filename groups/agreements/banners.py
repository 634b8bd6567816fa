"""The line above every page while a new version is announced and not yet accepted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.agreements.access import coming_texts
from theme.banners import Banner, banner_registry


@banner_registry
def new_version_is_coming(request) -> Banner | None:
    page = reverse("agreements")
    if request.path == page or not coming_texts(request.user):
        return None
    return Banner(_("What we agree with each other changes soon."), page, _("Read what is new"), "file-text")
