from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "community.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self):
        # They register themselves.
        from community.portal import (  # noqa: F401
            desk_cards,
            health,
            house,
            manager_digest,
            navigation,
            personal_data,
            task_sources,
            weekly_mail,
        )

        navigation.register()
