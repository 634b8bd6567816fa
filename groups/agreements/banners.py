"""The line above home while a new version is announced and not yet accepted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.agreements.access import coming_texts
from theme.banners import Banner, banner_registry


@banner_registry
def new_version_is_coming(request) -> Banner | None:
    if request.path != reverse("home") or not coming_texts(request.user):
        return None
    words = _("What we agree with each other changes soon.")
    return Banner(words, reverse("agreements"), _("Read what is new"), "file-text")
