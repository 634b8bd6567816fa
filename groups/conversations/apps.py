from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "groups.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self):
        from groups.conversations import clockwork, notices, tabs  # noqa: F401 — they register themselves
