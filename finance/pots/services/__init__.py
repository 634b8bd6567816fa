"""Opening pots, asking, counting what comes in, spending, giving back, handing over and closing."""

from finance.pots.services.answers import answer_request, dispute_receipt
from finance.pots.services.asking import ask, cancel_request, waive_request
from finance.pots.services.closing import close_pot, confirm_closing, keep_open
from finance.pots.services.event_prices import price_event
from finance.pots.services.expenses import approve_expense, claim_expense, pay_expense_in_cash, refuse_expense
from finance.pots.services.giving import choose_amount, decline_request, pledge
from finance.pots.services.givingback import pay_back_in_cash, pay_back_online, return_payment
from finance.pots.services.handing_over import accept_handover, decline_handover, name_deputy, offer_handover
from finance.pots.services.instalments import current_part, due_cents, plan_parts
from finance.pots.services.online import count_held_attempt
from finance.pots.services.paying import record_cash, take_back_cash
from finance.pots.services.payouts import book_payout, bring_cash
from finance.pots.services.pots import change_settings, open_pot, party_of, plan_reminders
from finance.pots.services.purposes import (
    answer_purpose,
    decide_purpose,
    extend_pot,
    propose_purpose,
    withdraw_purpose,
)

__all__ = [
    "accept_handover",
    "answer_purpose",
    "answer_request",
    "approve_expense",
    "ask",
    "book_payout",
    "bring_cash",
    "cancel_request",
    "change_settings",
    "choose_amount",
    "claim_expense",
    "close_pot",
    "confirm_closing",
    "count_held_attempt",
    "current_part",
    "decide_purpose",
    "decline_handover",
    "decline_request",
    "dispute_receipt",
    "due_cents",
    "extend_pot",
    "keep_open",
    "name_deputy",
    "offer_handover",
    "open_pot",
    "party_of",
    "pay_back_in_cash",
    "pay_back_online",
    "pay_expense_in_cash",
    "plan_parts",
    "plan_reminders",
    "pledge",
    "price_event",
    "propose_purpose",
    "record_cash",
    "refuse_expense",
    "return_payment",
    "take_back_cash",
    "waive_request",
    "withdraw_purpose",
]
