from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "groups.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        # They register themselves with the apps below.
        from groups.people import (  # noqa: F401
            cards,
            clockwork,
            navigation,
            notices,
            operators,
            receivers,
            retention,
            searching,
        )
