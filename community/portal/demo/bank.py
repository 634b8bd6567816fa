"""The bank of De Waterhoen: its account, and camt.053 files as a bank makes them."""

from datetime import date
from xml.sax.saxutils import escape

from finance.bank.models import BankAccount

OWN_IBAN = "NL44RABO0123456789"


def own_account() -> BankAccount:
    values = {"holder": "R.V. De Waterhoen", "bic": "RABONL2U"}
    return BankAccount.objects.get_or_create(iban=OWN_IBAN, defaults=values)[0]


class Statements:
    """Files that follow on each other: each opens with the balance with which the one before closed.

    A line is (cents, name, text), and for a collection also its end-to-end id and, when it came back, why.
    """

    def __init__(self, iban: str, balance: int):
        self.iban, self.balance = iban, balance

    def statement(self, day: date, lines: list[tuple], ident: str = "") -> bytes:
        opening, self.balance = self.balance, self.balance + sum(line[0] for line in lines)
        body = [_balance("OPBD", opening, day), _balance("CLBD", self.balance, day), *(_entry(day, *x) for x in lines)]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>\n'
            f"<GrpHdr><MsgId>WATERHOEN-{day:%Y%m%d}</MsgId><CreDtTm>{day}T23:00:00</CreDtTm></GrpHdr>\n"
            f"<Stmt><Id>{day:%Y%m%d}{ident}</Id><CreDtTm>{day}T23:00:00</CreDtTm>"
            f"<Acct><Id><IBAN>{self.iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
            + "\n".join(body)
            + "\n</Stmt></BkToCstmrStmt></Document>\n"
        ).encode()


def _balance(code: str, cents: int, day) -> str:
    return f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"


def _amount(cents: int) -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{abs(cents) // 100}.{abs(cents) % 100:02d}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _entry(day, cents: int, name: str, text: str, end_to_end: str = "", reason: str = "") -> str:
    side = "Dbtr" if cents >= 0 else "Cdtr"
    references = f"<Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>" if end_to_end else ""
    back = f"<RtrInf><Rsn><Cd>{reason}</Cd></Rsn></RtrInf>" if reason else ""
    return (
        f"<Ntry>{_amount(cents)}<Sts>BOOK</Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<NtryDtls><TxDtls>{references}<RltdPties><{side}><Nm>{escape(name)}</Nm></{side}></RltdPties>"
        f"<RmtInf><Ustrd>{escape(text)}</Ustrd></RmtInf>{back}</TxDtls></NtryDtls></Ntry>"
    )
