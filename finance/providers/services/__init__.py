"""Going to pay, hearing what became of it, and paying back. Every way in ends in `apply_state`."""

from finance.providers.choice import online_provider, practice_bank_is_open, provider_by_code
from finance.providers.services.applying import apply_state, apply_status
from finance.providers.services.chargebacks import settle_claim
from finance.providers.services.deciding import count_held, keep_held
from finance.providers.services.hearing import (
    handle_notice,
    hear,
    is_my_turn,
    refresh,
    sweep_attempts,
    sweep_chargebacks,
)
from finance.providers.services.mandates import collect, mandates_of, revoke_mandate, start_customer
from finance.providers.services.refunding import approve_refund, ask_refund, cancel_refund, send_refund
from finance.providers.services.starting import start_attempt

__all__ = [
    "apply_state",
    "apply_status",
    "approve_refund",
    "ask_refund",
    "cancel_refund",
    "collect",
    "count_held",
    "handle_notice",
    "hear",
    "is_my_turn",
    "keep_held",
    "mandates_of",
    "online_provider",
    "practice_bank_is_open",
    "provider_by_code",
    "refresh",
    "revoke_mandate",
    "send_refund",
    "settle_claim",
    "start_attempt",
    "start_customer",
    "sweep_attempts",
    "sweep_chargebacks",
]
