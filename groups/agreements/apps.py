from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "groups.agreements"
    label = "agreements"
    verbose_name = _("Texts that members accept")

    def ready(self):
        from groups.agreements import banners, clockwork, navigation, notices  # noqa: F401 — they register themselves
