"""The collection file for the bank: pain.008.001.08 and .02, checked against the schema, the same bytes every time."""

import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

from lxml import etree

FORMATS = ("pain.008.001.08", "pain.008.001.02")
# What the banks of the SEPA area accept in names and texts.
ALLOWED = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
PLAIN = str.maketrans({"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "æ": "ae", "Æ": "AE", "đ": "d",
                       "&": "+", "’": "'", "–": "-", "_": "-"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Creditor:
    name: str
    iban: str
    bic: str
    creditor_id: str


@dataclass(frozen=True, slots=True)
class Debit:
    """One collection. `sequence` is FRST or RCUR."""

    end_to_end: str
    cents: int
    mandate: str
    signed_on: date
    name: str
    iban: str
    bic: str
    text: str
    sequence: str


def plain(text: str, length: int = 70) -> str:
    """Text in the letters that every bank takes."""
    bare = unicodedata.normalize("NFKD", text.translate(PLAIN))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r" +", " ", ALLOWED.sub(" ", bare)).strip()[:length].strip() or "-"


def pain_file(
    *, format: str, reference: str, made_at: datetime, collect_on: date, creditor: Creditor, debits: list[Debit]
) -> bytes:
    """The whole file. Raises etree.DocumentInvalid when it would not pass the bank's schema."""
    space = f"urn:iso:std:iso:20022:tech:xsd:{format}"
    root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
    writer = _Writer(space, "BICFI" if format == FORMATS[0] else "BIC")
    body = writer.add(root, "CstmrDrctDbtInitn")
    _header(writer, body, reference, made_at, creditor, debits)
    for sequence in ("FRST", "RCUR"):
        group = [debit for debit in debits if debit.sequence == sequence]
        if group:
            _payment(writer, body, f"{reference}-{sequence}", collect_on, creditor, group)
    schema(format).assertValid(root)
    out = io.BytesIO()
    etree.ElementTree(root).write(out, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return out.getvalue()


@lru_cache(maxsize=2)
def schema(format: str) -> etree.XMLSchema:
    """The schema of the standard, as the package sepaxml carries it."""
    if format not in FORMATS:
        raise ValueError(f"unknown format {format}")
    with (files("sepaxml") / "schemas" / f"{format}.xsd").open("rb") as file:
        return etree.XMLSchema(etree.parse(file))


class _Writer:
    def __init__(self, space: str, bic_tag: str):
        self.space, self.bic_tag = space, bic_tag

    def add(self, parent, name: str, text: str = ""):
        node = etree.SubElement(parent, f"{{{self.space}}}{name}")
        if text:
            node.text = text
        return node

    def path(self, parent, names: str, text: str = ""):
        for name in names.split("/"):
            parent = self.add(parent, name)
        if text:
            parent.text = text
        return parent

    def agent(self, parent, name: str, bic: str) -> None:
        bank = self.path(parent, f"{name}/FinInstnId")
        if bic:
            self.add(bank, self.bic_tag, bic)
        else:
            self.path(bank, "Othr/Id", "NOTPROVIDED")


def _amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _totals(writer: _Writer, node, debits: list[Debit]) -> None:
    writer.add(node, "NbOfTxs", str(len(debits)))
    writer.add(node, "CtrlSum", _amount(sum(debit.cents for debit in debits)))


def _header(writer, body, reference, made_at, creditor, debits) -> None:
    head = writer.add(body, "GrpHdr")
    writer.add(head, "MsgId", reference)
    writer.add(head, "CreDtTm", made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _totals(writer, head, debits)
    writer.path(head, "InitgPty/Nm", plain(creditor.name))


def _payment(writer, body, reference, collect_on, creditor, debits) -> None:
    node = writer.add(body, "PmtInf")
    writer.add(node, "PmtInfId", reference)
    writer.add(node, "PmtMtd", "DD")
    writer.add(node, "BtchBookg", "true")
    _totals(writer, node, debits)
    kind = writer.add(node, "PmtTpInf")
    writer.path(kind, "SvcLvl/Cd", "SEPA")
    writer.path(kind, "LclInstrm/Cd", "CORE")
    writer.add(kind, "SeqTp", debits[0].sequence)
    writer.add(node, "ReqdColltnDt", collect_on.isoformat())
    writer.path(node, "Cdtr/Nm", plain(creditor.name))
    writer.path(node, "CdtrAcct/Id/IBAN", creditor.iban)
    writer.agent(node, "CdtrAgt", creditor.bic)
    writer.add(node, "ChrgBr", "SLEV")
    scheme = writer.path(node, "CdtrSchmeId/Id/PrvtId/Othr")
    writer.add(scheme, "Id", creditor.creditor_id)
    writer.path(scheme, "SchmeNm/Prtry", "SEPA")
    for debit in debits:
        _debit(writer, node, debit)


def _debit(writer, parent, debit: Debit) -> None:
    node = writer.add(parent, "DrctDbtTxInf")
    writer.path(node, "PmtId/EndToEndId", debit.end_to_end)
    writer.add(node, "InstdAmt", _amount(debit.cents)).set("Ccy", "EUR")
    mandate = writer.path(node, "DrctDbtTx/MndtRltdInf")
    writer.add(mandate, "MndtId", debit.mandate)
    writer.add(mandate, "DtOfSgntr", debit.signed_on.isoformat())
    writer.agent(node, "DbtrAgt", debit.bic)
    writer.path(node, "Dbtr/Nm", plain(debit.name))
    writer.path(node, "DbtrAcct/Id/IBAN", debit.iban)
    writer.path(node, "RmtInf/Ustrd", plain(debit.text, 140))
