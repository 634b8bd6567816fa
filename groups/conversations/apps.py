from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "groups.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self):
        from groups.conversations import (  # noqa: F401 — they register
            catching_up,
            clockwork,
            entries,
            notices,
            retention,
            searching,
            status,
            surprises,
            tabs,
        )
        from groups.conversations.fulltext import install

        post_migrate.connect(install, sender=self)
