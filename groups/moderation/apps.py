from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "groups.moderation"
    label = "moderation"
    verbose_name = _("Moderation")

    def ready(self):
        from groups.moderation import navigation, notices, profiles, retention, rises, rules, tabs  # noqa: F401 — they register themselves
