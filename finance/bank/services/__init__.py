"""Importing bank files and giving every line its place."""

from finance.bank.services.account import add_savings_account, leave_savings_account, save_bank_account
from finance.bank.services.importing import ImportResult, accept_import, import_statement
from finance.bank.services.matching import (
    assign,
    book_match,
    locked_open_line,
    match_lines,
    put_between_accounts,
    put_to_own_money,
    undo_matches,
)
from finance.bank.services.references import reserve_references
from finance.bank.services.refunds import count_paid_back, owe_back, refund_line

__all__ = [
    "ImportResult",
    "accept_import",
    "add_savings_account",
    "assign",
    "book_match",
    "count_paid_back",
    "import_statement",
    "leave_savings_account",
    "locked_open_line",
    "match_lines",
    "owe_back",
    "put_between_accounts",
    "put_to_own_money",
    "refund_line",
    "reserve_references",
    "save_bank_account",
    "undo_matches",
]
