from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "groups.topics"
    label = "topics"
    verbose_name = _("Kinds of discussions")

    def ready(self):
        from groups.topics import cards, catching_up, navigation, notices, parts, receiving, searching  # noqa: F401 — they register
