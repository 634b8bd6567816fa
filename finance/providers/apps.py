from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    name = "finance.providers"
    label = "providers"
    verbose_name = _("Online payments")

    def ready(self):
        from finance.providers import tasks  # noqa: F401 — it registers itself with the clock
