"""Makers for the money apps."""

from finance.ledger.models import Account
from finance.ledger.services import Transfer, open_account, post


def asset(code="bank", ring="", floor_cents=None) -> Account:
    return open_account(code=code, kind=Account.Kind.ASSET, ring=ring, floor_cents=floor_cents)


def fund(code="fund", ring="", floor_cents=None) -> Account:
    return open_account(code=code, kind=Account.Kind.FUND, ring=ring, floor_cents=floor_cents)


def book(key, debit, credit, cents, **fields):
    return post(key=key, kind="test", transfers=[Transfer(debit, credit, cents)], **fields)


def bank_account(**fields):
    from finance.bank.models import BankAccount

    values = {"holder": "R.V. De Waterhoen", "iban": "NL44RABO0123456789", "bic": "RABONL2U", **fields}
    return BankAccount.objects.get_or_create(iban=values["iban"], defaults=values)[0]


def pot_in(subgroup, chef, **fields):
    from finance.pots.services import open_pot

    values = {"name": "Zomertocht", "purpose": "Drie nachten voor iedereen", "goal_cents": 100_00, **fields}
    return open_pot(subgroup=subgroup, by=chef, **values)


def asked_pot(members=2, each_cents=42_50, **fields):
    """A pot in a new group with a Geldchef and members who are each asked; gives (pot, chef, requests)."""
    from datetime import timedelta

    from django.utils import timezone

    from finance.pots.services import ask
    from groups.subgroups.models import SubgroupRole
    from tests.factories import SubgroupFactory, member_of

    subgroup = SubgroupFactory()
    chef = member_of(subgroup, SubgroupRole.GELDCHEF, first_name="Marloes")
    payers = [member_of(subgroup) for _ in range(members)]
    pot = pot_in(subgroup, chef, **fields)
    due_on = timezone.localdate() + timedelta(days=6)
    return pot, chef, ask(pot=pot, by=chef, members=payers, due_on=due_on, each_cents=each_cents)


def camt(*lines, opening=100_00, account="NL44RABO0123456789", day="2026-11-22", ident="S1", closing=None):
    """A small camt.053 file; a line is (cents, name, iban, text or reference)."""
    total = sum(line[0] for line in lines)
    closing = opening + total if closing is None else closing
    entries = "".join(_entry(day, *line) for line in lines)
    return (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>'
        f"<Id>{ident}</Id><Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening, day)}{_balance('CLBD', closing, day)}{entries}"
        "</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _balance(code, cents, day):
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"


def _amount(cents):
    direction = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{abs(cents) // 100}.{abs(cents) % 100:02d}</Amt><CdtDbtInd>{direction}</CdtDbtInd>'


def _entry(day, cents, name="", iban="", text=""):
    side = "Dbtr" if cents >= 0 else "Cdtr"
    party = f"<{side}><Nm>{name}</Nm></{side}>" if name else ""
    party += f"<{side}Acct><Id><IBAN>{iban}</IBAN></Id></{side}Acct>" if iban else ""
    return (
        f"<Ntry>{_amount(cents)}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls>"
        f"<RltdPties>{party}</RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
