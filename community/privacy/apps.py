from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "community.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self):
        from community.privacy import clockwork, navigation, notices  # noqa: F401 — they register themselves

        navigation.register()
        autodiscover_modules("personal_data")  # what every app holds of people
        autodiscover_modules("retention")  # and how long
        autodiscover_modules("contents")  # and what of it goes with a group
        autodiscover_modules("kept_settings")  # whose changes are kept, with a way back
