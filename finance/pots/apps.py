from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PotsConfig(AppConfig):
    name = "finance.pots"
    label = "pots"
    verbose_name = _("Pots")

    def ready(self):
        from finance.bank.payables import online_ways, register_payables
        from finance.pots import (  # noqa: F401 — they register
            archiving,
            cards,
            event_parts,
            kinds,
            milestones,
            navigation,
            news,
            passing_on,
            reminders,
            searching,
            surprises,
        )
        from finance.pots.payables import PotRequests
        from finance.pots.services.expenses import Expenses
        from finance.pots.services.givingback import payable_online, payback_failed
        from finance.pots.services.payouts import CashToBank
        from finance.pots.settling import given_again, settle_request, taken_back
        from finance.providers.services.refunding import PAYBACK
        from finance.providers.settling import register_settler

        register_payables(PotRequests())
        register_payables(Expenses())
        register_payables(CashToBank())
        online_ways(payable_online)
        register_settler("pot", settle_request, taken_back, given_again)
        register_settler(PAYBACK, settle_request, given_again=payback_failed)
