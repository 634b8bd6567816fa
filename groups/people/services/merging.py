"""Two accounts of one person become one. Every row that pointed at one points at the other, and can be put back."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.errors import MergeIsFinal, NotToMerge
from groups.people.models import AuditEntry, Member, MemberMerge
from notifications.live import disconnect_member, refresh_member

TO_UNDO = timedelta(days=30)
# What belongs to the account itself and not to the person stays behind with it.
STAYS = {"people.MemberMerge", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession"}


@transaction.atomic
def merge_members(*, kept: Member, gone: Member, by: Member) -> MemberMerge:
    """Let everything of `gone` hang on `kept` and close the account of `gone`. Raises NotToMerge.

    A row that cannot move, because `kept` has the same already or because it may never change, stays where it is.
    """
    rows = {row.pk: row for row in Member.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk])}
    if len(rows) != 2 or not all(row.is_active for row in rows.values()):
        raise NotToMerge
    moved = {}
    for relation in _relations():
        name = f"{relation.related_model._meta.label}.{relation.field.name}"
        if pks := _move(relation, gone, kept):
            moved[name] = pks
    moved["groups"] = list(gone.groups.exclude(pk__in=kept.groups.values("pk")).values_list("pk", flat=True))
    kept.groups.add(*moved["groups"])
    Member.objects.filter(pk=gone.pk).update(is_active=False)
    merge = MemberMerge.objects.create(kept=kept, gone=gone, by=by, moved=moved)
    record(by=by, act="member.merged", about=kept, details={"gone": gone.pk})
    disconnect_member(gone.pk)
    refresh_member(kept.pk)
    return merge


def _relations():
    """Every foreign key in the house that points at a member."""
    for relation in Member._meta.related_objects:
        if relation.related_model._meta.label in STAYS or relation.many_to_many:
            continue
        if relation.related_model is not AuditEntry:
            yield relation


def _move(relation, source: Member, target: Member) -> list:
    rows = relation.related_model._base_manager.filter(**{relation.field.name: source})
    return [pk for pk in rows.values_list("pk", flat=True) if _move_one(relation, pk, target)]


def _move_one(relation, pk, target: Member) -> bool:
    """One row at a time, each in its own savepoint: a clash or a row that may never change stops only itself."""
    try:
        with transaction.atomic():
            relation.related_model._base_manager.filter(pk=pk).update(**{relation.field.name: target})
    except DatabaseError:
        return False
    return True


@transaction.atomic
def undo_merge(*, merge: MemberMerge, by: Member) -> None:
    """Put every moved row back and open the account again. Raises MergeIsFinal after 30 days or a second time."""
    merge = MemberMerge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    if merge.undone_at or merge.merged_at < timezone.now() - TO_UNDO:
        raise MergeIsFinal
    Member.objects.filter(pk=merge.gone_id).update(is_active=True)
    for relation in _relations():
        name = f"{relation.related_model._meta.label}.{relation.field.name}"
        for pk in merge.moved.get(name, ()):
            _move_one(relation, pk, merge.gone)
    merge.kept.groups.remove(*Group.objects.filter(pk__in=merge.moved.get("groups", ())))
    MemberMerge.objects.filter(pk=merge.pk).update(undone_at=timezone.now())
    record(by=by, act="member.merge_undone", about=merge.kept, details={"gone": merge.gone_id})
    refresh_member(merge.kept_id)
