"""Taking over what the dry run showed, in portions that each stand or fall as a whole."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.people.audit import record
from groups.people.errors import ImportIsFinal
from groups.people.models import Enrolment, Member, MembershipKind, RegisterImport, RegisterRow
from groups.people.register.changing import change_members
from groups.people.register.reading import day_in, names_in
from groups.people.services.belonging import enrol_newcomers
from notifications.live import publish_to_member
from theme.registry import Registry

Outcome = RegisterRow.Outcome
PORTION = 500

placing_registry = Registry(
    "Put imported members in groups by name: function({member: names}, by) -> {member id: (placed ids, unknown names)}"
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
    if made.started_at is None or made.applied_at:
        return 0
    rows = list(made.rows.select_related("member").order_by("line")[made.rows_done : made.rows_done + PORTION])
    kinds = {kind.name: kind for kind in MembershipKind.objects.all()}
    _apply_safely([row for row in rows if row.outcome in (Outcome.ADD, Outcome.CHANGE)], kinds, made)
    RegisterRow.objects.bulk_update(rows, ["member", "outcome", "reason", "before"], batch_size=250)
    RegisterImport.objects.filter(pk=import_id).update(rows_done=F("rows_done") + len(rows))
    if made.by_id:
        publish_to_member(made.by_id, f"register.{made.pk}", {"done": made.rows_done + len(rows)})
    return len(rows)


def _apply_safely(rows: list[RegisterRow], kinds: dict, made: RegisterImport) -> None:
    """All rows at once. A row that clashes with what happened since the dry run is found by halving, and listed."""
    if not rows:
        return
    try:
        with transaction.atomic():
            _apply(rows, kinds, made)
    except IntegrityError:
        if len(rows) == 1:
            rows[0].outcome, rows[0].reason = Outcome.REJECT, _("The number or address was taken meanwhile.")
            rows[0].member = None
            return
        half = len(rows) // 2
        _apply_safely(rows[:half], kinds, made)
        _apply_safely(rows[half:], kinds, made)


def _apply(rows: list[RegisterRow], kinds: dict, made: RegisterImport) -> None:
    added = [row for row in rows if row.outcome == Outcome.ADD]
    _add(added, kinds, made.by)
    change_members([row for row in rows if row.outcome == Outcome.CHANGE], kinds, made.by)
    _place(rows, made.by)


def _add(rows: list[RegisterRow], kinds: dict, by) -> None:
    members = Member.objects.bulk_create([_newcomer(row.values) for row in rows])
    addresses = [EmailAddress(user=m, email=m.email, verified=True, primary=True) for m in members if m.email]
    EmailAddress.objects.bulk_create(addresses)
    enrolments = []
    for row, member in zip(rows, members, strict=True):
        row.member = member
        if enrolment := _enrolment(member, row.values, kinds):
            enrolments.append(enrolment)
    enrol_newcomers(enrolments=enrolments, by=by)


def _newcomer(values: dict) -> Member:
    return Member(
        number=values["number"] or None,
        email=values["email"] or None,
        first_name=values["first_name"],
        name_prefix=values["name_prefix"],
        last_name=values["last_name"],
        # Nobody gets a password for them: the first log-in is with a mailed code.
        password=make_password(None),
        welcome_step=1,
    )


def _enrolment(member: Member, values: dict, kinds: dict) -> Enrolment | None:
    kind = kinds.get(values["kind"]) or next(iter(kinds.values()), None)
    if kind is None:
        return None
    ends_on = day_in(values["ends_on"])
    starts_on = day_in(values["starts_on"]) or min(timezone.localdate(), ends_on or timezone.localdate())
    return Enrolment(member=member, kind=kind, starts_on=starts_on, ends_on=ends_on)


def _place(rows: list[RegisterRow], by) -> None:
    """Give the places that the file names; what was given is kept with the row, so that it can be taken back."""
    wanted = {row.member: names for row in rows if (names := names_in(row.values.get("groups", "")))}
    if not wanted:
        return
    for place in placing_registry:
        answers = place(wanted, by)
        for row in rows:
            placed, unknown = answers.get(row.member_id, ([], []))
            row.before["placed"] = [*row.before.get("placed", []), *placed]
            if unknown:
                row.reason = (_("Not placed in: %(names)s") % {"names": ", ".join(unknown)})[:300]
