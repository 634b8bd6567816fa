from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "groups.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        # They register themselves with the apps below.
        from groups.people import (  # noqa: F401
            acting,
            banners,
            cards,
            clockwork,
            idle,
            navigation,
            notices,
            operators,
            receivers,
            retention,
            searching,
        )
        from groups.people.triggers import install_after_migrate

        # SQLite drops triggers when a migration rebuilds their table; this puts them back every time.
        post_migrate.connect(install_after_migrate, sender=self)
