from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubgroupsConfig(AppConfig):
    name = "groups.subgroups"
    label = "subgroups"
    verbose_name = _("Groups")

    def ready(self):
        # They register themselves with the apps below.
        from groups.subgroups import (  # noqa: F401
            cards,
            clockwork,
            connections,
            head_links,
            merging,
            navigation,
            notices,
            places,
            retention,
            searching,
            streams,
            surprises,
            tabs,
        )
