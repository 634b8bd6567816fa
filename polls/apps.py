from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    verbose_name = _("Polls")

    def ready(self):
        from polls import navigation, streams, tasks  # noqa: F401 — streams and tasks register themselves

        navigation.register()
