from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PotsConfig(AppConfig):
    name = "finance.pots"
    label = "pots"
    verbose_name = _("Pots")

    def ready(self):
        from finance.bank.payables import register_payables
        from finance.pots import cards, kinds, navigation, reminders  # noqa: F401 — they register themselves
        from finance.pots.payables import PotRequests
        from finance.pots.services.expenses import Expenses
        from finance.pots.settling import settle_request
        from finance.providers.settling import register_settler

        register_payables(PotRequests())
        register_payables(Expenses())
        register_settler("pot", settle_request)
