"""What the free field :86: says: who, which account, what for. Every bank has its own dialect."""

import re
from dataclasses import dataclass

from stdnum.iban import is_valid as is_iban

from finance.bank.readers.values import IBAN, find_iban, squeeze

CODES = (
    "TRTP|IBAN|BBAN|BIC|NAME|REMI|EREF|ORDP|BENM|ID|ADDR|CSID|MARF|PREF|RTRN|ISDT|CNTP|ULTC|ULTD|ULTB|UDTR|UCRD|"
    "PURP|TRCD|OCMT|COAM|SUBF|ACCW|SVCL|EXCH|NRTX|CHGS|IREF|CREF|KREF"
)
CODE = re.compile(rf"/({CODES})(?=/)")
LABELS = (
    r"IBAN|BIC|NAAM|OMSCHRIJVING|KENMERK|BETALINGSKENM\.?|BETALINGSKENMERK|MACHTIGING|INCASSANT|ID DEBITEUR|"
    r"ISSUER|REF|ID BEGUNSTIGDE|UITERSTE DATUM|VALUTADATUM"
)
LABEL = re.compile(rf"(?<![A-Z])({LABELS}):", re.IGNORECASE)
KNAB = re.compile(r"\b(?:REK:\s*(?P<account>[A-Z0-9]+)(?:/NAAM:\s*(?P<name>.*))?|NAAM:\s*(?P<alone>.*))$", re.DOTALL)
SUBFIELD = re.compile(r"\s*>(?=10|2\d|3[0-8]|6[0-3])")
GERMAN = re.compile(r"\?(?=[0-6]\d)")
PREFIXED = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC)\+")
LEADING_IBAN = re.compile(
    rf"(?:\d{{7,10}} )?(?P<iban>{IBAN.pattern})\b(?P<bic> [A-Z]{{6}}[A-Z0-9]{{2,5}}\b)?\s*(?P<rest>.*)"
)
CARD = re.compile(r"^(?:BEA|GEA)\b.*?\d\d[.:/]\d\d[.:/]\d\d[/ ]\d\d[.:]\d\d,?\s+(?P<name>[^,]+)")
GIRO = re.compile(r"^GIRO\s+\d+\s+(?P<name>.+?)(?:\s{2,}|$)")
ACCOUNT_NAME = re.compile(r"^\d\d\.\d\d\.\d\d\.\d{3}\s+(?P<name>.+?)(?:\s{2,}|$)")
ABN_TYPE = re.compile(r"^(SEPA [A-Z]+(?: [A-Z]+)*|IDEAL)\s+(?=IBAN:|BIC:|NAAM:|INCASSANT:)")


@dataclass(frozen=True, slots=True)
class Details:
    name: str = ""
    iban: str = ""
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    return_code: str = ""


def describe(text: str) -> Details:
    """Recognise the dialect of a joined :86: field and take it apart."""
    if SUBFIELD.search(text) and re.search(r">(10|20)", text):
        return _subfields(SUBFIELD.split(text), text)
    if GERMAN.search(text) and re.match(r"\s*\d{3}\?", text):
        return _subfields(GERMAN.split(text), text)
    if CODE.search(text):
        return _structured(text)
    if re.search(r"\b(IBAN|NAAM):", text) and ABN_TYPE.match(text):
        return _labelled(text)
    if match := KNAB.search(text):
        name = squeeze(match["name"] or match["alone"] or "")
        return Details(name, find_iban(match["account"] or ""), squeeze(text[: match.start()]))
    return _free(text)


def _structured(text: str) -> Details:
    """/TRTP/SEPA OVERBOEKING/IBAN/…/NAME/…/REMI/…/EREF/…: values run to the next known code."""
    values: dict[str, str] = {}
    marks = list(CODE.finditer(text))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        values.setdefault(mark[1], text[mark.end() + 1 : end])
    name, iban = squeeze(values.get("NAME", "")), find_iban(values.get("IBAN", ""))
    if "CNTP" in values:
        iban, name = _counterparty(values["CNTP"], iban, name)
    if not iban and "ACCW" in values:
        iban = find_iban(values["ACCW"].split(",")[0])
    remittance, reference = _remittance(values.get("REMI", ""))
    return Details(
        name=name,
        iban=iban,
        text=remittance or ("" if values.keys() & {"REMI", "CNTP", "NAME", "IBAN"} else squeeze(text)),
        reference=reference,
        end_to_end=squeeze(values.get("EREF", "")).strip("/"),
        return_code=squeeze(values.get("RTRN", "")).strip("/")[:4],
    )


def _counterparty(value: str, iban: str, name: str) -> tuple[str, str]:
    """ING: /CNTP/account/BIC/name/city/."""
    fields = [squeeze(field) for field in value.split("/")]
    fields += [""] * (3 - len(fields))
    return find_iban(fields[0]) or iban, fields[2] or name


def _remittance(value: str) -> tuple[str, str]:
    """Text and structured reference of a /REMI/ value: plain, USTD//text/ or STRD/CUR/reference/."""
    value = value.strip()
    if value.startswith("USTD/"):
        return squeeze(value.removeprefix("USTD/").strip("/")), ""
    if match := re.match(r"STRD/([A-Z]{3})?/?([^/]*)/?(.*)", value, re.DOTALL):
        return squeeze(match[3].strip("/")) or squeeze(match[2]), squeeze(match[2]).replace(" ", "")
    if match := re.match(r"ISSUER:\s*(CUR|ISO)\s+REF:\s*([0-9A-Z ]+)(.*)", value, re.DOTALL):
        return squeeze(value), match[2].replace(" ", "")
    return squeeze(value.strip("/")), ""


def _labelled(text: str) -> Details:
    """ABN AMRO: SEPA OVERBOEKING   IBAN: …  BIC: …  NAAM: …  OMSCHRIJVING: …  KENMERK: …."""
    values: dict[str, str] = {}
    marks = list(LABEL.finditer(text))
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        values.setdefault(mark[1].upper().rstrip("."), squeeze(text[mark.end() : end]))
    reference = values.get("BETALINGSKENM") or values.get("BETALINGSKENMERK") or values.get("REF") or ""
    return Details(
        name=values.get("NAAM", ""),
        iban=find_iban(values.get("IBAN", "").split(" ")[0]),
        text=values.get("OMSCHRIJVING") or reference or squeeze(text),
        reference=reference.replace(" ", ""),
        end_to_end=values.get("KENMERK", ""),
    )


def _subfields(parts: list[str], text: str) -> Details:
    """Triodos (>20…) and the German banks (?20…): numbered pieces of at most 27 signs."""
    fields: dict[str, str] = {}
    for part in parts[1:]:
        fields[part[:2]] = fields.get(part[:2], "") + part[2:]
    pieces = [fields[key] for key in sorted(fields) if "20" <= key <= "29" or "60" <= key <= "63"]
    iban = find_iban(fields.get("31", ""))
    if len(pieces) > 1 and re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2,5}", pieces[0].strip()) and find_iban(pieces[1]):
        iban, pieces = find_iban(pieces[1]), pieces[2:]
    joined = "".join(_padded(piece) for piece in pieces[:-1]) + "".join(pieces[-1:])
    name = squeeze(fields.get("32", "") + fields.get("33", ""))
    tagged = _prefixed(joined)
    return Details(
        name=name,
        iban=iban,
        text=squeeze(tagged.get("SVWZ", joined)),
        end_to_end=squeeze(tagged.get("EREF", "")),
    )


def _padded(piece: str) -> str:
    """A piece of 26 signs lost the space it ended with."""
    return piece + " " if len(piece) == 26 else piece


def _prefixed(text: str) -> dict[str, str]:
    marks = list(PREFIXED.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return {mark[1]: text[mark.end() : end] for mark, end in zip(marks, ends, strict=False)}


def _free(text: str) -> Details:
    plain = squeeze(text)
    for pattern in (CARD, GIRO, ACCOUNT_NAME):
        if match := pattern.match(text.strip()):
            return Details(name=squeeze(match["name"]), text=plain)
    match = LEADING_IBAN.match(plain)
    if match and (match["bic"] or is_iban(match["iban"])):
        name = match["rest"].split(" NOTPROVIDED")[0] if match["bic"] and " NOTPROVIDED" in plain else ""
        return Details(name=name, iban=match["iban"], text=match["rest"] or plain)
    return Details(text=plain)
