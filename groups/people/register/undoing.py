"""The way back of an import, in portions like the way in: accounts it made are closed, what it changed is put back."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from groups.people.audit import record
from groups.people.errors import ImportIsFinal
from groups.people.models import Member, RegisterImport, RegisterRow
from groups.people.register.applying import PORTION
from groups.people.register.changing import change_back
from notifications.live import publish_to_member
from theme.registry import Registry

Outcome = RegisterRow.Outcome

leaving_registry = Registry("Take back places of imported members: function({member: place ids or None for all}, by)")


@transaction.atomic
def ask_undo(*, made: RegisterImport, by: Member) -> None:
    """Say that the import must be undone; the rows follow in the background. Raises ImportIsFinal."""
    to_undo = RegisterImport.objects.filter(pk=made.pk, applied_at__isnull=False, undo_asked_at__isnull=True)
    if not to_undo.update(undo_asked_at=timezone.now(), undo_by=by):
        raise ImportIsFinal


def undo_import(import_id: int) -> int:
    """Put back the rows that are left, last line first; killed and called again it goes on where it was."""
    done = 0
    while portion := _undo_portion(import_id):
        done += portion
    _finish(import_id)
    return done


@transaction.atomic
def _undo_portion(import_id: int) -> int:
    made = RegisterImport.objects.select_for_update(of=("self",)).select_related("undo_by").get(pk=import_id)
    if made.undo_asked_at is None or made.undone_at:
        return 0
    lines = made.rows.select_related("member").order_by("-line")
    rows = list(lines[made.rows_undone : made.rows_undone + PORTION])
    _undo([row for row in rows if row.member], made.undo_by)
    RegisterImport.objects.filter(pk=import_id).update(rows_undone=F("rows_undone") + len(rows))
    if made.undo_by_id:
        publish_to_member(made.undo_by_id, f"register.{made.pk}", {"undone": made.rows_undone + len(rows)})
    return len(rows)


def _undo(rows: list[RegisterRow], by) -> None:
    changed = [row for row in rows if row.outcome == Outcome.CHANGE]
    # Who has logged in since is a person with an account by now and stays.
    added = [row.member for row in rows if row.outcome == Outcome.ADD and row.member.last_login is None]
    places = dict.fromkeys(added) | {row.member: row.before["placed"] for row in changed if row.before.get("placed")}
    for leave in leaving_registry if places else ():
        leave(places, by)
    _put_back_safely(changed)
    _take_back(added)


def _put_back_safely(rows: list[RegisterRow]) -> None:
    """Rows whose old number or address somebody else has by now stay as they are; they are found by halving."""
    if not rows:
        return
    try:
        with transaction.atomic():
            change_back(rows)
    except IntegrityError:
        if len(rows) > 1:
            _put_back_safely(rows[: len(rows) // 2])
            _put_back_safely(rows[len(rows) // 2 :])


def _take_back(members: list[Member]) -> None:
    """Delete who was only ever a line in a file; whoever something hangs on already is closed instead."""
    if not members:
        return
    ids = [member.pk for member in members]
    try:
        with transaction.atomic():
            Member.objects.filter(pk__in=ids).delete()
    except IntegrityError:
        if len(members) == 1:
            Member.objects.filter(pk__in=ids).update(is_active=False, email=None, number=None)
            return
        _take_back(members[: len(members) // 2])
        _take_back(members[len(members) // 2 :])


@transaction.atomic
def _finish(import_id: int) -> None:
    made = RegisterImport.objects.select_for_update(of=("self",)).select_related("undo_by").get(pk=import_id)
    if made.undo_asked_at and made.undone_at is None:
        RegisterImport.objects.filter(pk=import_id).update(undone_at=timezone.now())
        record(by=made.undo_by, act="register.import_undone", about=made, details={"rows": made.rows_undone})
