"""What a file would do: each line becomes an addition, a change, nothing, or a rejection with the reason."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from groups.people.forms import clean_name
from groups.people.models import Enrolment, Member, MembershipKind, RegisterImport, RegisterRow
from groups.people.register.exporting import groups_registry
from groups.people.register.reading import Line, day_of, names_in, read_lines

Outcome = RegisterRow.Outcome
BATCH = 1000
PREFIXES = (
    "van der", "van den", "van de", "van het", "van 't", "in 't", "op den", "op de", "uit den", "in den", "von der",
    "van", "von", "de la", "de", "den", "der", "ter", "ten", "te", "het", "'t", "el", "al", "la", "le", "du", "dos",
)  # fmt: skip


LABELS = {
    "number": _lazy("member number"),
    "email": _lazy("e-mail"),
    "first_name": _lazy("first name"),
    "name_prefix": _lazy("prefix"),
    "last_name": _lazy("last name"),
    "kind": _lazy("kind"),
    "ends_on": _lazy("last day"),
}


class Rejected(Exception):
    """A line that cannot be taken, with the reason a person can act on."""


@dataclass
class Known:
    """Everything the comparison needs, asked once for the whole file."""

    kinds: dict[str, MembershipKind]
    by_number: dict[str, Member] = field(default_factory=dict)
    by_email: dict[str, Member] = field(default_factory=dict)
    enrolled: dict[int, Enrolment] = field(default_factory=dict)
    groups: dict[int, list[str]] = field(default_factory=dict)
    seen_numbers: dict[str, int] = field(default_factory=dict)
    seen_emails: dict[str, int] = field(default_factory=dict)
    seen_members: dict[int, int] = field(default_factory=dict)


def known_now() -> Known:
    known = Known({kind.name.casefold(): kind for kind in MembershipKind.objects.all()})
    for member in Member.objects.only(
        "pk", "number", "email", "first_name", "name_prefix", "last_name", "is_active"
    ).iterator():
        if member.number:
            known.by_number[member.number] = member
        if member.email:
            known.by_email[member.email] = member
    # The latest period of each, and of those the one without an end.
    for enrolment in Enrolment.objects.select_related("kind").order_by(F("ends_on").asc(nulls_last=True)):
        known.enrolled[enrolment.member_id] = enrolment
    for ask in groups_registry:
        known.groups.update(ask(None))
    return known


@transaction.atomic
def plan_import(*, name: str, content: bytes, by: Member) -> RegisterImport:
    """The dry run: store what each line would do and change nothing. Raises ImportRefused for an unreadable file."""
    made = RegisterImport.objects.create(name=name[:200], by=by)
    known, rows = known_now(), []
    for line in read_lines(name, content):
        rows.append(_plan(made, line, known))
        if len(rows) == BATCH:
            RegisterRow.objects.bulk_create(rows)
            made.rows_read += len(rows)
            rows = []
    RegisterRow.objects.bulk_create(rows)
    made.rows_read += len(rows)
    made.save(update_fields=["rows_read"])
    return made


def _plan(made: RegisterImport, line: Line, known: Known) -> RegisterRow:
    row = RegisterRow(register_import=made, line=line.number, values=line.values)
    try:
        values = _clean(line.values, known)
        member = _match(values, known, line.number)
    except Rejected as rejection:
        row.outcome, row.reason = Outcome.REJECT, str(rejection)[:300]
        return row
    row.values, row.member = values, member
    if member is None:
        row.outcome = Outcome.ADD
        return row
    row.before = snapshot(member, known.enrolled.get(member.pk), bool(values["ends_on"]))
    changed = _changed(values, row.before, known.groups.get(member.pk, ()))
    row.outcome = Outcome.CHANGE if changed else Outcome.SAME
    row.reason = "; ".join(changed)[:300]
    return row


def _changed(values: dict, before: dict, groups) -> list[str]:
    """What the line would change, in words: “last name: Smit → Smidt”."""
    words = [
        f"{label}: {before[key] or '—'} → {values[key]}"
        for key, label in LABELS.items()
        if values[key] and values[key] != before[key]
    ]
    present = {name.casefold() for name in groups}
    new = [name for name in names_in(values["groups"]) if name.casefold() not in present]
    return [*words, *([_("groups: + %(names)s") % {"names": ", ".join(new)}] if new else [])]


def snapshot(member: Member, enrolment: Enrolment | None, ends: bool) -> dict:
    """What a change would overwrite, for comparing and for undoing; `ends` when the line has a last day itself."""
    has_ended = bool(enrolment and enrolment.ends_on)
    return {
        "number": member.number or "",
        "email": member.email or "",
        "first_name": member.first_name,
        "name_prefix": member.name_prefix,
        "last_name": member.last_name,
        # Who left and stands in the file without a last day has come back: the kind begins anew.
        "kind": enrolment.kind.name if enrolment and (ends or not has_ended) else "",
        "ends_on": enrolment.ends_on.isoformat() if has_ended else "",
    }


def _clean(raw: dict[str, str], known: Known) -> dict:
    values = {key: raw.get(key, "") for key in ("number", "groups")}
    values.update(_names(raw))
    values["email"] = _email(raw.get("email", ""))
    values["kind"] = _kind(raw.get("kind", ""), known)
    for key in ("starts_on", "ends_on"):
        values[key] = _day(raw.get(key, ""))
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        raise Rejected(_("The last day is before the first day."))
    return values


def _names(raw: dict[str, str]) -> dict[str, str]:
    first, prefix, last = (clean_name(raw.get(key, "")) for key in ("first_name", "name_prefix", "last_name"))
    if not first and not last:
        first, prefix, last = split_name(clean_name(raw.get("name", "")))
    if not prefix:
        prefix, last = split_prefix(last)
    if not first:
        raise Rejected(_("There is no first name."))
    if len(first) > 60 or len(prefix) > 20 or len(last) > 80:
        raise Rejected(_("The name is too long."))
    return {"first_name": first, "name_prefix": prefix, "last_name": last}


def split_name(name: str) -> tuple[str, str, str]:
    """ "Jan van der Berg" and "Berg, Jan van der" as (Jan, van der, Berg)."""
    if "," in name:
        last, _comma, rest = (part.strip() for part in name.partition(","))
        first, _space, prefix = rest.partition(" ")
        return first, prefix, last
    first, _space, rest = name.partition(" ")
    return (first, *split_prefix(rest.strip()))


def split_prefix(last: str) -> tuple[str, str]:
    lowered = last.casefold().replace("’", "'")
    for prefix in PREFIXES:
        if lowered.startswith(prefix + " "):
            return last[: len(prefix)], last[len(prefix) :].strip()
    return "", last


def _email(text: str) -> str:
    text = re.sub(r"^mailto:", "", text.strip().lower())
    if not text:
        return ""
    try:
        validate_email(text)
    except ValidationError as error:
        raise Rejected(_("“%(text)s” is not an e-mail address.") % {"text": text[:60]}) from error
    return text


def _kind(text: str, known: Known) -> str:
    if not text:
        return ""
    kind = known.kinds.get(text.casefold())
    if kind is None:
        raise Rejected(_("There is no kind of membership “%(text)s”.") % {"text": text[:60]})
    return kind.name


def _day(text: str) -> str:
    try:
        day = day_of(text)
    except ValueError as error:
        raise Rejected(_("“%(text)s” is not a date.") % {"text": text[:30]}) from error
    if day and not 1900 <= day.year <= 2100:
        raise Rejected(_("“%(text)s” is not a likely date.") % {"text": text[:30]})
    return day.isoformat() if day else ""


def _match(values: dict, known: Known, line: int) -> Member | None:
    """The member this line is about: by number, else by address. A line that says what an earlier one said is out."""
    number, email = values["number"], values["email"]
    for text, seen in ((number, known.seen_numbers), (email, known.seen_emails)):
        if text and text in seen:
            raise Rejected(_("“%(text)s” stands on line %(line)s already.") % {"text": text[:60], "line": seen[text]})
    if number:
        known.seen_numbers[number] = line
    if email:
        known.seen_emails[email] = line
    by_number, by_email = known.by_number.get(number), known.by_email.get(email)
    if by_number and by_email and by_number.pk != by_email.pk:
        raise Rejected(_("The number and the address belong to two different members."))
    member = by_number or by_email
    if by_email and number and by_email.number and by_email.number != number:
        raise Rejected(_("This address belongs to a member with another number."))
    if member and member.pk in known.seen_members:
        raise Rejected(_("This member stands on line %(line)s already.") % {"line": known.seen_members[member.pk]})
    if member:
        known.seen_members[member.pk] = line
    return member
