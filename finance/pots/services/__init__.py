"""Opening pots, asking, and counting what comes in."""

from finance.pots.services.asking import ask, cancel_request, waive_request
from finance.pots.services.paying import record_cash, take_back_cash
from finance.pots.services.pots import open_pot, party_of

__all__ = ["ask", "cancel_request", "open_pot", "party_of", "record_cash", "take_back_cash", "waive_request"]
