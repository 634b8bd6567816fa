"""Makers for the money apps."""

from finance.ledger.models import Account
from finance.ledger.services import Transfer, open_account, post


def asset(code="bank", ring="", floor_cents=None) -> Account:
    return open_account(code=code, kind=Account.Kind.ASSET, ring=ring, floor_cents=floor_cents)


def fund(code="fund", ring="", floor_cents=None) -> Account:
    return open_account(code=code, kind=Account.Kind.FUND, ring=ring, floor_cents=floor_cents)


def book(key, debit, credit, cents, **fields):
    return post(key=key, kind="test", transfers=[Transfer(debit, credit, cents)], **fields)
