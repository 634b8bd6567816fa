from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounterConfig(AppConfig):
    name = "groups.counter"
    label = "counter"
    verbose_name = _("Counter")

    def ready(self):
        from groups.counter import entries, notices, personal_data, retention  # noqa: F401 — they register themselves
