from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "community.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self):
        from community.portal import house, navigation, task_sources  # noqa: F401 — the house registers itself

        navigation.register()
