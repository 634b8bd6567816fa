from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutyConfig(AppConfig):
    name = "groups.duty"
    label = "duty"
    verbose_name = _("Duty roster")

    def ready(self):
        from groups.duty import entries, notices, personal_data, retention  # noqa: F401 — they register themselves
