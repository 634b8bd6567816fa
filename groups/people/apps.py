from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "groups.people"
    label = "people"
    verbose_name = _("People")

    def ready(self):
        from groups.people import clockwork, operators, searching  # noqa: F401 — they register themselves
