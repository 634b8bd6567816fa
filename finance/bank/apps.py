from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BankConfig(AppConfig):
    name = "finance.bank"
    label = "bank"
    verbose_name = _("Bank")

    def ready(self):
        from finance.bank import proofs  # noqa: F401 — it registers
        from finance.bank.payables import register_payables
        from finance.bank.services.refunds import Refunds

        register_payables(Refunds())
