"""Pots: money collected for one purpose, kept apart; who is asked for how much, and what came in."""

from finance.pots.models.changes import Handover, Milestone, PurposeAnswer, PurposeChange
from finance.pots.models.event_prices import EventPrice, EventRequest
from finance.pots.models.expenses import SECOND_APPROVAL_CENTS, Approval, Expense, receipt_path
from finance.pots.models.instalments import Instalment
from finance.pots.models.pots import Pot, PotRole, all_week
from finance.pots.models.requests import Allocation, Party, PaymentRequest, RequestEvent

__all__ = [
    "SECOND_APPROVAL_CENTS",
    "Allocation",
    "Approval",
    "EventPrice",
    "EventRequest",
    "Expense",
    "Handover",
    "Instalment",
    "Milestone",
    "Party",
    "PaymentRequest",
    "Pot",
    "PotRole",
    "PurposeAnswer",
    "PurposeChange",
    "RequestEvent",
    "all_week",
    "receipt_path",
]
