from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubgroupsConfig(AppConfig):
    name = "groups.subgroups"
    label = "subgroups"
    verbose_name = _("Groups")

    def ready(self):
        from groups.subgroups import places, searching, streams, tabs  # noqa: F401 — they register themselves
