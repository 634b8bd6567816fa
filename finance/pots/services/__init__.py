"""Opening pots, asking, counting what comes in, spending, handing over and closing."""

from finance.pots.services.answers import answer_request, dispute_receipt
from finance.pots.services.asking import ask, cancel_request, waive_request
from finance.pots.services.closing import close_pot, confirm_closing
from finance.pots.services.expenses import approve_expense, claim_expense, pay_expense_in_cash, refuse_expense
from finance.pots.services.handing_over import accept_handover, decline_handover, name_deputy, offer_handover
from finance.pots.services.paying import record_cash, take_back_cash
from finance.pots.services.pots import open_pot, party_of, plan_reminders

__all__ = [
    "accept_handover",
    "answer_request",
    "approve_expense",
    "ask",
    "cancel_request",
    "claim_expense",
    "close_pot",
    "confirm_closing",
    "decline_handover",
    "dispute_receipt",
    "name_deputy",
    "offer_handover",
    "open_pot",
    "party_of",
    "pay_expense_in_cash",
    "plan_reminders",
    "record_cash",
    "refuse_expense",
    "take_back_cash",
    "waive_request",
]
