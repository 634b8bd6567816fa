"""Every write of the fees."""

from finance.fees.services.invoicing import credit, issue
from finance.fees.services.payers import (
    add_to_household,
    ensure_payers,
    found_household,
    leave_household,
    payer_of,
)
from finance.fees.services.runs import (
    cancel_run,
    do_portion,
    make_run,
    refresh_run,
    start_run,
    take_back_charges,
    work_on,
)
from finance.fees.services.settling import pay_back, record_cash, take_back, take_back_cash

__all__ = [
    "add_to_household",
    "cancel_run",
    "credit",
    "do_portion",
    "ensure_payers",
    "found_household",
    "issue",
    "leave_household",
    "make_run",
    "pay_back",
    "payer_of",
    "record_cash",
    "refresh_run",
    "start_run",
    "take_back",
    "take_back_cash",
    "take_back_charges",
    "work_on",
]
