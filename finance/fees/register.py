"""Account numbers, mandates and days of birth out of the register of before: looked at first, then taken over.

Nothing of the file is kept: an account number exists only encrypted, in its mandate.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from finance.fees.errors import FileNotRead, MandateLapsed, MandateReferenceTaken, NoMandate, NotAnAccount
from finance.fees.models import FeeDetails, Mandate
from finance.fees.services import give_mandate, payer_of
from finance.fees.services.mandates import clean_iban, lapsing_before
from groups.people.models import Member
from groups.people.register.reading import day_of, decoded, text_of
from theme.spreadsheets import NotATable, csv_rows, excel_rows

MAX_ROWS = 60_000
COLUMNS = {
    "number": {"lidnummer", "lidnr", "nummer", "number", "member number", "relatienummer"},
    "email": {"email", "e mail", "mail", "emailadres", "e mailadres", "email address"},
    "iban": {"iban", "rekening", "rekeningnummer", "account", "account number"},
    "holder": {"rekeninghouder", "tenaamstelling", "account holder", "ten name van"},
    "reference": {"machtiging", "machtigingskenmerk", "kenmerk machtiging", "mandate", "mandate reference"},
    "signed_on": {"datum machtiging", "machtigingsdatum", "getekend op", "signed on", "mandate date"},
    "used_on": {"laatste incasso", "laatst geincasseerd", "laatst geïncasseerd", "last collection", "last collected"},
    "born_on": {"geboortedatum", "geboren", "date of birth", "born on", "birthday"},
}
KNOWN = {name: column for column, names in COLUMNS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Taken:
    """What one line does. `problem` says why it does nothing."""

    line: int
    name: str
    mandate: bool = False
    birth: bool = False
    problem: str = ""


@transaction.atomic
def take_over(*, name: str, content: bytes, by, only_look: bool) -> list[Taken]:
    """Every line of the file with what it does; with `only_look` nothing is kept. Repeating it changes nothing more.

    Raises FileNotRead.
    """
    rows = _rows(name, content)
    numbers = {row["number"] for _line, row in rows if row.get("number")}
    mails = {row["email"].lower() for _line, row in rows if row.get("email")}
    by_number = {m.number: m for m in Member.objects.filter(number__in=numbers)}
    by_mail = {m.email: m for m in Member.objects.filter(email__in=mails)}
    found = []
    for line, row in rows:
        member = by_number.get(row.get("number")) or by_mail.get(row.get("email", "").lower())
        found.append(_take(line, row, member, by))
    if only_look:
        transaction.set_rollback(True)
    return found


def _take(line: int, row: dict[str, str], member: Member | None, by) -> Taken:
    if member is None:
        return Taken(line, "", problem=_("Nobody here has this number or address."))
    try:
        with transaction.atomic():
            birth = _birth(row, member)
            return Taken(line, member.display_name, mandate=_mandate(row, member, by), birth=birth)
    except NotAnAccount:
        return Taken(line, member.display_name, problem=_("The account number is not right."))
    except MandateReferenceTaken:
        return Taken(line, member.display_name, problem=_("Another payer has this mandate reference."))
    except ValueError:
        return Taken(line, member.display_name, problem=_("A day in this line cannot be read."))
    except (NoMandate, MandateLapsed) as refused:
        return Taken(line, member.display_name, problem=str(refused.message))


def _birth(row: dict[str, str], member: Member) -> bool:
    born_on = day_of(row.get("born_on", ""))
    if born_on is None:
        return False
    if not date(1900, 1, 1) <= born_on <= timezone.localdate():
        raise ValueError(born_on)
    known = FeeDetails.objects.filter(member=member, born_on=born_on).exists()
    if not known:
        FeeDetails.objects.update_or_create(member=member, defaults={"born_on": born_on})
    return not known


def _mandate(row: dict[str, str], member: Member, by) -> bool:
    """Only with a reference and the day it was signed it is a mandate; an account alone is not."""
    if not row.get("iban"):
        return False
    iban, reference = clean_iban(row["iban"]), row.get("reference", "")
    signed_on, used_on = day_of(row.get("signed_on", "")), day_of(row.get("used_on", ""))
    if not reference or signed_on is None:
        raise NoMandate
    if not signed_on <= (used_on or signed_on) <= timezone.localdate():
        raise ValueError(signed_on)
    payer = payer_of(member)
    standing = Mandate.objects.filter(payer=payer, reference=reference).first()
    if standing and standing.iban == iban:
        return False
    if (used_on or signed_on) < lapsing_before(timezone.localdate()):
        raise MandateLapsed
    give_mandate(
        payer=payer,
        holder=row.get("holder") or payer.name,
        iban=iban,
        reference=reference,
        signed_on=signed_on,
        way=Mandate.Way.IMPORT,
        used_before_on=used_on,
        by=by,
    )
    return True


def _rows(name: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        return _known(excel_rows(content) if content[:2] == b"PK" else csv_rows(decoded(content)))
    except NotATable as wrong:
        raise FileNotRead from wrong


def _known(cells) -> list[tuple[int, dict[str, str]]]:
    header, rows = None, []
    for number, row in enumerate(cells, start=1):
        texts = [text_of(cell) for cell in row]
        if not any(texts):
            continue
        if header is None:
            header = [_column(text) for text in texts]
            continue
        if number > MAX_ROWS:
            raise FileNotRead
        rows.append((number, {key: text for key, text in zip(header, texts, strict=False) if key}))
    if not header or not {"number", "email"} & set(header) or not {"iban", "born_on"} & set(header):
        raise FileNotRead
    return rows


def _column(text: str) -> str | None:
    return KNOWN.get(" ".join(text.casefold().replace("-", " ").replace("_", " ").split()))
