"""The entries of a CAMT.053 statement and their details."""

from lxml import etree

from finance.bank.readers import mt940_details
from finance.bank.readers.statement import Line, Unreadable, gettext_noop
from finance.bank.readers.values import day, find_iban, squeeze, xml_cents
from finance.bank.references import written_reference

NOT_GIVEN = {"NOTPROVIDED", "NONREF", "NOTAPPLICABLE", "NOT PROVIDED"}


def local(node) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node, name: str) -> list:
    return [] if node is None else [each for each in node if local(each) == name]


def child(node, *path: str):
    for name in path:
        found = children(node, name)
        if not found:
            return None
        node = found[0]
    return node


def text_of(node, *path: str) -> str:
    found = child(node, *path)
    return squeeze(found.text or "") if found is not None else ""


def amount_of(node) -> int:
    amount = child(node, "Amt")
    return xml_cents((amount.text or "") if amount is not None else "")


def sign(node) -> int:
    direction = text_of(node, "CdtDbtInd")
    if direction not in ("CRDT", "DBIT"):
        raise Unreadable(gettext_noop("An amount does not say whether it came in or went out."))
    return 1 if direction == "CRDT" else -1


def is_booked(entry) -> bool:
    status = text_of(entry, "Sts", "Cd") or text_of(entry, "Sts")
    return status in ("BOOK", "")


def is_reversal(entry) -> bool:
    return text_of(entry, "RvslInd") in ("true", "1")


def lines(entry, account: str, currency: str, flipped: bool) -> list[Line]:
    """One line, or one per detail when the details of a batch add up to the entry."""
    cents = amount_of(entry) * sign(entry) * (-1 if flipped and is_reversal(entry) else 1)
    details = [detail for group in children(entry, "NtryDtls") for detail in children(group, "TxDtls")]
    parts = _parts(details, currency, cents) if len(details) > 1 else None
    if parts:
        return [_line(entry, [detail], part, account) for detail, part in zip(details, parts, strict=True)]
    return [_line(entry, details, cents, account)]


def _parts(details, currency: str, total: int) -> list[int] | None:
    parts = []
    for detail in details:
        amount = _detail_amount(detail)
        if amount is None or amount.get("Ccy", currency) != currency:
            return None
        direction = text_of(detail, "CdtDbtInd")
        side = {"CRDT": 1, "DBIT": -1}.get(direction, 1 if total >= 0 else -1)
        parts.append(xml_cents(amount.text or "") * side)
    if sum(parts) == total:
        return parts
    same_way = [abs(part) if total >= 0 else -abs(part) for part in parts]
    return same_way if sum(same_way) == total else None


def _detail_amount(detail):
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt"), ("AmtDtls", "InstdAmt", "Amt")):
        amount = child(detail, *path)
        if amount is not None:
            return amount
    return None


def _line(entry, details: list, cents: int, account: str) -> Line:
    detail = details[0] if len(details) == 1 else None
    name, iban = _counterparty(detail, account, incoming=(cents > 0) != is_reversal(entry))
    text = squeeze(" ".join(filter(None, (_remittance(each) for each in details))))
    additional = text_of(entry, "AddtlNtryInf")
    if not text and additional:
        described = mt940_details.describe(additional)
        text, name, iban = described.text or additional, name or described.name, iban or described.iban
    end_to_end = text_of(detail, "Refs", "EndToEndId")
    end_to_end = "" if end_to_end.upper() in NOT_GIVEN else end_to_end
    structured = text_of(child(detail, "RmtInf", "Strd"), "CdtrRefInf", "Ref")
    return Line(
        booked_on=_booked_on(entry),
        cents=cents,
        name=name,
        iban=iban,
        reference=structured.replace(" ", "") or written_reference(f"{text} | {end_to_end}"),
        text=text,
        value_on=_date(entry, "ValDt"),
        end_to_end=end_to_end,
        bank_reference=text_of(detail, "Refs", "AcctSvcrRef") or text_of(entry, "AcctSvcrRef"),
        return_code=text_of(detail, "RtrInf", "Rsn", "Cd"),
    )


def _date(entry, name: str):
    written = text_of(entry, name, "Dt") or text_of(entry, name, "DtTm")
    return day(written) if written else None


def _booked_on(entry):
    booked = _date(entry, "BookgDt") or _date(entry, "ValDt")
    if booked is None:
        raise Unreadable(gettext_noop("A line has no booking date."))
    return booked


def _counterparty(detail, account: str, *, incoming: bool) -> tuple[str, str]:
    """Who is on the other side: the debtor of money that came in, the creditor of money that went out."""
    parties = child(detail, "RltdPties")
    sides = ("Dbtr", "Cdtr") if incoming else ("Cdtr", "Dbtr")
    candidates = [(_name(parties, side), _iban(parties, side)) for side in sides]
    for name, iban in candidates:
        if (name or iban) and iban != account:
            return name or _name(parties, f"Ultmt{sides[0]}"), iban
    return "", ""


def _name(parties, side: str) -> str:
    party = child(parties, side)
    return text_of(party, "Nm") or text_of(party, "Pty", "Nm") or text_of(party, "Agt", "FinInstnId", "Nm")


def _iban(parties, side: str) -> str:
    account = child(parties, f"{side}Acct", "Id")
    return find_iban(text_of(account, "IBAN")) or find_iban(text_of(account, "Othr", "Id"))


def _remittance(detail) -> str:
    information = child(detail, "RmtInf")
    unstructured = [squeeze(node.text or "") for node in children(information, "Ustrd")]
    for structured in children(information, "Strd"):
        unstructured += [squeeze(node.text or "") for node in children(structured, "AddtlRmtInf")]
    return squeeze(" ".join(filter(None, unstructured))) or text_of(detail, "AddtlTxInf")
