from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FeesConfig(AppConfig):
    name = "finance.fees"
    label = "fees"
    verbose_name = _("Fees")

    def ready(self):
        from finance.bank.payables import register_payables
        from finance.fees import (  # noqa: F401 — they register themselves
            cards,
            kinds,
            navigation,
            reminders,
            standing,
            tasks,
        )
        from finance.fees.collected import CollectedBatches, CollectedItems
        from finance.fees.online import fee_given_again, fee_taken_back, settle_fee
        from finance.fees.payables import FeeParts
        from finance.fees.triggers import install_after_migrate
        from finance.providers.settling import register_settler

        register_payables(FeeParts())
        register_payables(CollectedItems())
        register_payables(CollectedBatches())
        register_settler("fee", settle_fee, fee_taken_back, fee_given_again)
        # SQLite drops triggers when a migration rebuilds their table; this puts them back every time.
        post_migrate.connect(install_after_migrate, sender=self)
