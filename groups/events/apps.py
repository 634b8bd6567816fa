from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "groups.events"
    label = "events"
    verbose_name = _("Events")

    def ready(self):
        from groups.events import (  # noqa: F401 — they register themselves
            entries,
            notices,
            passing_on,
            personal_data,
            receivers,
            reminding,
            retention,
            searching,
            surprises,
        )
