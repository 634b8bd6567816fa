from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlbumsConfig(AppConfig):
    name = "groups.albums"
    label = "albums"
    verbose_name = _("Photo albums")

    def ready(self):
        from groups.albums import (  # noqa: F401 — they register themselves
            entries,
            notices,
            personal_data,
            reporting,
            retention,
            searching,
        )
