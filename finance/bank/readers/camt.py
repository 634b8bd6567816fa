"""CAMT.053 of any version, read by local names; other XML is refused."""

import re

from lxml import etree

from finance.bank.readers import camt_entries
from finance.bank.readers.camt_entries import amount_of, child, children, text_of
from finance.bank.readers.statement import Statement, Statements, Unreadable, gettext_noop
from finance.bank.readers.values import day, decode, squeeze

REFUSED_MESSAGES = {
    "BkToCstmrAcctRpt": gettext_noop(
        "This is an intermediate report (camt.052). Download the statement (camt.053) instead."
    ),
    "BkToCstmrDbtCdtNtfctn": gettext_noop(
        "This is a notification of payments (camt.054). Download the statement (camt.053) instead."
    ),
}
DOCUMENT_TYPE = gettext_noop("The file declares a document type, which a bank never does.")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
OPENING = ("OPBD", "PRCD", "ITBD")
CLOSING = ("CLBD", "ITBD")


def read_camt(content: bytes) -> Statements:
    root = _parse(content)
    messages = [node for node in root.iter() if camt_entries.local(node) == "BkToCstmrStmt"]
    if not messages:
        raise Unreadable(_why_not(root))
    nodes = [node for message in messages for node in children(message, "Stmt")]
    if not nodes:
        raise Unreadable(gettext_noop("The file contains no statement."))
    return Statements("camt.053", tuple(_statement(node) for node in nodes))


def _parse(content: bytes):
    # Looked for before parsing: no bank sends a document type, and entities are how XML attacks.
    if any("<!DOCTYPE".encode(encoding) in content for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise Unreadable(DOCUMENT_TYPE)
    try:
        root = etree.fromstring(content.strip(), _parser())
    except (etree.XMLSyntaxError, ValueError):
        root = _parse_as_windows_1252(content)
    if root.getroottree().docinfo.doctype:
        raise Unreadable(DOCUMENT_TYPE)
    return root


def _parser():
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _parse_as_windows_1252(content: bytes):
    """Some bank programs write Windows-1252 under a heading that says UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = DECLARATION.sub("", decode(content), count=1)
            return etree.fromstring(text.strip().encode(), _parser())
        except etree.XMLSyntaxError:
            pass
    raise Unreadable(gettext_noop("The file is not complete or not valid XML."))


def _why_not(root) -> str:
    names = {camt_entries.local(node) for node in root.iter()}
    for name, sentence in REFUSED_MESSAGES.items():
        if name in names:
            return sentence
    return gettext_noop("This XML file is not a bank statement (camt.053).")


def _statement(node) -> Statement:
    account, currency = _account(node), _currency(node)
    opening, closing = _balance(node, OPENING, first=True), _balance(node, CLOSING, first=False)
    if closing is None:
        raise Unreadable(gettext_noop("The statement has no closing balance; it may have been cut off."))
    if opening is None:
        raise Unreadable(gettext_noop("The statement has no opening balance; it may have been cut off."))
    entries = [entry for entry in children(node, "Ntry") if camt_entries.is_booked(entry)]
    flipped = _only_adds_up_flipped(entries, currency, closing - opening)
    lines = [line for entry in entries for line in camt_entries.lines(entry, account, currency, flipped)]
    return Statement(
        account=account,
        currency=currency,
        opening_cents=opening,
        closing_cents=closing,
        adds_up=opening + sum(line.cents for line in lines) == closing,
        lines=tuple(lines),
        number=text_of(node, "Id"),
        closed_on=_closed_on(node),
        flipped=flipped,
    )


def _account(node) -> str:
    account = child(node, "Acct", "Id")
    name = text_of(account, "IBAN") or text_of(account, "Othr", "Id")
    if not name:
        raise Unreadable(gettext_noop("The statement does not say which account it is of."))
    return squeeze(name).replace(" ", "").upper()


def _currency(node) -> str:
    """The one currency of account, balances and entries; a mixture would add apples to pears."""
    named = {text_of(node, "Acct", "Ccy")}
    for balance in children(node, "Bal"):
        if _balance_kind(balance) in {*OPENING, *CLOSING}:
            named.add(child(balance, "Amt").get("Ccy", "") if child(balance, "Amt") is not None else "")
    for entry in children(node, "Ntry"):
        named.add(child(entry, "Amt").get("Ccy", "") if child(entry, "Amt") is not None else "")
    named.discard("")
    if len(named) > 1:
        raise Unreadable(
            gettext_noop("The statement mixes currencies (%(currencies)s)."), currencies=", ".join(sorted(named))
        )
    return named.pop() if named else "EUR"


def _balance_kind(balance) -> str:
    return text_of(balance, "Tp", "CdOrPrtry", "Cd")


def _balance(node, kinds, *, first: bool) -> int | None:
    """The balance of the first kind that occurs; intermediate balances stand first and last on a page."""
    for kind in kinds:
        found = [balance for balance in children(node, "Bal") if _balance_kind(balance) == kind]
        if kind == "ITBD" and len(found) == 1 and not _page_lacks(node, first=first):
            continue
        if found:
            balance = found[0] if first else found[-1]
            return amount_of(balance) * camt_entries.sign(balance)
    return None


def _page_lacks(node, *, first: bool) -> bool:
    """A single intermediate balance belongs to the side of the page that has no real one."""
    kinds = {_balance_kind(balance) for balance in children(node, "Bal")}
    others = ("CLBD",) if first else ("OPBD", "PRCD")
    return any(kind in kinds for kind in others)


def _only_adds_up_flipped(entries, currency, movement: int) -> bool:
    """Some banks state a reversal with the sign of what it reverses; the balances tell which."""
    sums = {False: 0, True: 0}
    for entry in entries:
        cents = amount_of(entry) * camt_entries.sign(entry)
        sums[False] += cents
        sums[True] += -cents if camt_entries.is_reversal(entry) else cents
    return sums[False] != movement and sums[True] == movement


def _closed_on(node):
    for balance in reversed(children(node, "Bal")):
        if _balance_kind(balance) == "CLBD":
            written = text_of(balance, "Dt", "Dt") or text_of(balance, "Dt", "DtTm")
            return day(written) if written else None
    return None
