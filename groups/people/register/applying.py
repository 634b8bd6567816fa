"""Taking over what the dry run showed, in portions that each stand or fall as a whole; and putting it back."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.people.audit import record
from groups.people.errors import ImportIsFinal
from groups.people.models import Enrolment, Member, MembershipKind, RegisterImport, RegisterRow
from groups.people.services import end_enrolment, enrol
from notifications.live import publish_to_member
from theme.registry import Registry

Outcome = RegisterRow.Outcome
PORTION = 250
NAMES = ("number", "email", "first_name", "name_prefix", "last_name")

placing_registry = Registry(
    "Put an imported member in the groups named: function(member, names, by) -> names not found"
)


@transaction.atomic
def start_import(*, made: RegisterImport, by: Member) -> None:
    """Say that the dry run may be taken over; the rows follow in the background. Raises ImportIsFinal."""
    started = RegisterImport.objects.filter(pk=made.pk, started_at__isnull=True)
    if not started.update(started_at=timezone.now()):
        raise ImportIsFinal
    record(by=by, act="register.imported", about=made, details={"rows": made.rows_read})


def apply_import(import_id: int) -> int:
    """Take over the rows that are left, portion by portion; killed and called again it goes on where it was."""
    done = 0
    while portion := _apply_portion(import_id):
        done += portion
    RegisterImport.objects.filter(pk=import_id, applied_at__isnull=True).update(applied_at=timezone.now())
    return done


@transaction.atomic
def _apply_portion(import_id: int) -> int:
    made = RegisterImport.objects.select_for_update(of=("self",)).select_related("by").get(pk=import_id)
    if made.started_at is None or made.applied_at or made.undone_at:
        return 0
    rows = list(made.rows.select_related("member").order_by("line")[made.rows_done : made.rows_done + PORTION])
    kinds = {kind.name: kind for kind in MembershipKind.objects.all()}
    for row in rows:
        _apply_safely(row, kinds, made)
    RegisterImport.objects.filter(pk=import_id).update(rows_done=F("rows_done") + len(rows))
    if made.by_id:
        publish_to_member(made.by_id, f"register.{made.pk}", {"done": made.rows_done + len(rows)})
    return len(rows)


def _apply_safely(row: RegisterRow, kinds: dict, made: RegisterImport) -> None:
    """One row that clashes with what happened since the dry run is listed and stops nobody else."""
    if row.outcome not in (Outcome.ADD, Outcome.CHANGE):
        return
    try:
        with transaction.atomic():
            row.member = _add(row, kinds) if row.outcome == Outcome.ADD else _change(row, kinds)
            _place(row, made)
    except IntegrityError:
        row.outcome, row.reason = Outcome.REJECT, _("The number or address was taken meanwhile.")
    row.save(update_fields=["member", "outcome", "reason"])


def _add(row: RegisterRow, kinds: dict) -> Member:
    values = row.values
    member = Member(
        number=values["number"] or None,
        email=values["email"] or None,
        first_name=values["first_name"],
        name_prefix=values["name_prefix"],
        last_name=values["last_name"],
        # Nobody gets a password for them: the first log-in is with a mailed code.
        password=make_password(None),
        welcome_step=1,
    )
    member.save()
    if member.email:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    _enrol(member, values, kinds)
    return member


def _enrol(member: Member, values: dict, kinds: dict) -> None:
    kind = kinds.get(values["kind"]) or next(iter(kinds.values()), None)
    if kind is None:
        return
    starts_on, ends_on = _day(values["starts_on"]), _day(values["ends_on"])
    if ends_on and ends_on < timezone.localdate():
        first_day = min(starts_on or ends_on, ends_on)
        Enrolment.objects.create(member=member, kind=kind, starts_on=first_day, ends_on=ends_on)
        return
    enrol(member=member, kind=kind, starts_on=starts_on)
    if ends_on:
        end_enrolment(member=member, by=None, ends_on=ends_on)


def _day(text: str):
    return datetime.date.fromisoformat(text) if text else None


def _change(row: RegisterRow, kinds: dict) -> Member:
    member, values = row.member, row.values
    for name in NAMES:
        if values[name]:
            setattr(member, name, values[name])
    member.save(update_fields=list(NAMES))
    _follow_address(member, row.before["email"])
    if values["kind"] and values["kind"] != row.before["kind"]:
        _change_kind(member, kinds[values["kind"]], row.before["kind"])
    return member


def _follow_address(member: Member, old: str) -> None:
    """The address to log in with follows the register; the old one no longer works."""
    if not member.email or member.email == old:
        return
    EmailAddress.objects.filter(user=member).delete()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)


def _change_kind(member: Member, kind: MembershipKind, before: str) -> None:
    current = member.enrolments.filter(ends_on__isnull=True).first()
    if current is None:
        enrol(member=member, kind=kind)
        return
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    if current.starts_on > yesterday:
        Enrolment.objects.filter(pk=current.pk).update(kind=kind)
        return
    Enrolment.objects.filter(pk=current.pk).update(ends_on=yesterday)
    enrol(member=member, kind=kind)


def _place(row: RegisterRow, made: RegisterImport) -> None:
    names = [name.strip() for name in row.values.get("groups", "").replace("|", ",").split(",") if name.strip()]
    if not names:
        return
    missing = [name for place in placing_registry for name in place(row.member, names, made.by)]
    if missing:
        row.reason = (_("Unknown groups: %(names)s") % {"names": ", ".join(missing)})[:300]


@transaction.atomic
def undo_import(*, made: RegisterImport, by: Member) -> None:
    """Close the accounts that the import made and put back what it changed. Raises ImportIsFinal."""
    made = RegisterImport.objects.select_for_update(of=("self",)).get(pk=made.pk)
    if made.applied_at is None or made.undone_at:
        raise ImportIsFinal
    added = made.rows.filter(outcome=Outcome.ADD, member__isnull=False)
    # Who has logged in since is a person with an account by now and stays.
    strangers = Member.objects.filter(pk__in=added.values("member"), last_login__isnull=True)
    ids = list(strangers.values_list("pk", flat=True))
    for member in strangers.iterator():
        _take_back(member, by)
    for row in made.rows.filter(outcome=Outcome.CHANGE, member__isnull=False).select_related("member").iterator():
        _put_back(row)
    RegisterImport.objects.filter(pk=made.pk).update(undone_at=timezone.now())
    record(by=by, act="register.import_undone", about=made, details={"taken_back": len(ids)})


def _take_back(member: Member, by: Member) -> None:
    """Delete who was only ever a line in a file; whoever something hangs on already is closed instead."""
    try:
        with transaction.atomic():
            for leave in leaving_registry:
                leave(member, by)
            member.delete()
    except IntegrityError:
        Member.objects.filter(pk=member.pk).update(is_active=False, email=None, number=None)


leaving_registry = Registry("Undo the places of an imported member: function(member, by) -> None")


def _put_back(row: RegisterRow) -> None:
    member = row.member
    changed_to = member.email or ""
    for name in NAMES:
        value = row.before[name]
        setattr(member, name, value or (None if name in ("number", "email") else ""))
    member.save(update_fields=list(NAMES))
    _follow_address(member, changed_to)
    kind = MembershipKind.objects.filter(name=row.before["kind"]).first()
    if kind and row.values["kind"] and row.values["kind"] != row.before["kind"]:
        Enrolment.objects.filter(member=member, ends_on__isnull=True).update(kind=kind)
