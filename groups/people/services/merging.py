"""Two accounts of one person become one. Every row that pointed at one points at the other, and can be put back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.errors import MergeIsFinal, MergeNotRecorded, NotToMerge
from groups.people.models import AuditEntry, Member, MemberMerge
from notifications.live import disconnect_member, refresh_member
from theme.registry import Registry

TO_UNDO = timedelta(days=30)
# What belongs to the account itself and not to the person stays behind with it.
STAYS = {
    "people.MemberMerge",
    "people.KnownDifferent",
    "account.EmailAddress",
    "mfa.Authenticator",
    "usersessions.UserSession",
}


@dataclass(frozen=True, slots=True)
class MergeRule:
    """What an app does itself where both have the same: `join(kept, gone)` says in plain values how to `part` again."""

    code: str
    join: Callable[..., list]
    part: Callable[..., None]


merge_rules = Registry("What must be joined by hand when two members become one? A function that gives a MergeRule")


@transaction.atomic
def merge_members(*, kept: Member, gone: Member, by: Member) -> MemberMerge:
    """Let everything of `gone` hang on `kept` and close the account of `gone`. Raises NotToMerge.

    A row that cannot move, because `kept` has the same already or because it may never change, stays where it is.
    """
    rows = {row.pk: row for row in Member.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    if len(rows) != 2 or not all(row.is_active for row in rows.values()):
        raise NotToMerge
    joined = {rule.code: rule.join(kept, gone) for rule in (each() for each in merge_rules)}
    moves = [move for relation in _relations(Member) for move in _move_relation(relation, gone, kept)]
    groups = list(gone.groups.exclude(pk__in=kept.groups.values("pk")).values_list("pk", flat=True))
    kept.groups.add(*groups)
    Member.objects.filter(pk=gone.pk).update(is_active=False)
    moved = {"moves": moves, "groups": groups, "joined": joined}
    merge = MemberMerge.objects.create(kept=kept, gone=gone, by=by, moved=moved)
    record(by=by, act="member.merged", about=kept, details={"gone": gone.pk})
    disconnect_member(gone.pk)
    refresh_member(kept.pk)
    return merge


def _relations(model):
    """Every foreign key in the house that points at this model."""
    for relation in model._meta.related_objects:
        if relation.related_model._meta.label in STAYS or relation.many_to_many:
            continue
        if relation.related_model is not AuditEntry:
            yield relation


def _move_relation(relation, source, target) -> list:
    """The moves made: [model, field, ids, from, to]. Of a row that there can be one of, what hangs on it moves."""
    rows = relation.related_model._base_manager.filter(**{relation.field.name: source})
    pks = _move(relation, list(rows.values_list("pk", flat=True)), target)
    moves = [[relation.related_model._meta.label, relation.field.name, pks, source.pk, target.pk]] if pks else []
    if relation.one_to_one and (left := rows.first()):
        same = relation.related_model._base_manager.filter(**{relation.field.name: target}).first()
        below = _relations(relation.related_model) if same else ()
        moves += [move for each in below for move in _move_relation(each, left, same)]
    return moves


def _move(relation, pks: list, target) -> list:
    """All rows at once; a clash, or a row that may never change, is found by halving and stops only itself."""
    if not pks:
        return []
    try:
        with transaction.atomic():
            relation.related_model._base_manager.filter(pk__in=pks).update(**{relation.field.name: target})
    except DatabaseError:
        half = len(pks) // 2
        return _move(relation, pks[:half], target) + _move(relation, pks[half:], target) if half else []
    return pks


@transaction.atomic
def undo_merge(*, merge: MemberMerge, by: Member) -> None:
    """Put every moved row back and open the account again. Raises MergeIsFinal after 30 days or a second time,
    and MergeNotRecorded for a merge of before the moves were kept."""
    merge = MemberMerge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    if merge.undone_at or merge.merged_at < timezone.now() - TO_UNDO:
        raise MergeIsFinal
    if "moves" not in merge.moved:
        raise MergeNotRecorded
    Member.objects.filter(pk=merge.gone_id).update(is_active=True)
    for label, name, pks, source, target in reversed(merge.moved["moves"]):
        rows = apps.get_model(label)._base_manager.filter(pk__in=pks, **{name: target})
        rows.update(**{f"{name}_id" if not name.endswith("_id") else name: source})
    merge.kept.groups.remove(*Group.objects.filter(pk__in=merge.moved["groups"]))
    for rule in (each() for each in merge_rules):
        rule.part(merge.kept, merge.gone, merge.moved["joined"].get(rule.code, []))
    MemberMerge.objects.filter(pk=merge.pk).update(undone_at=timezone.now())
    record(by=by, act="member.merge_undone", about=merge.kept, details={"gone": merge.gone_id})
    refresh_member(merge.kept_id)
