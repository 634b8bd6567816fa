from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    verbose_name = _("Polls")

    def ready(self):
        from polls import (  # noqa: F401 — most register themselves
            catching_up,
            navigation,
            passing_on,
            searching,
            streams,
            tasks,
            triggers,
        )
        from polls.feed import running_poll  # noqa: F401 — it registers itself

        navigation.register()
        pre_migrate.connect(triggers.remove, sender=self)
        post_migrate.connect(triggers.install, sender=self)
