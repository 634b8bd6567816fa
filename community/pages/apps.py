from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "community.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self):
        from community.pages import (  # noqa: F401 — they register themselves
            clockwork,
            entries,
            notices,
            passing_on,
            personal_data,
            receivers,
            reporting,
            searching,
        )
        from community.pages.setup import after_migrate

        post_migrate.connect(after_migrate, sender=self)
