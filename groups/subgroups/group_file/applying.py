"""Taking over what the dry run showed, and the way back."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.errors import GroupImportIsFinal
from groups.subgroups.models import GroupImport, Subgroup
from groups.subgroups.services import archive_subgroup, change_subgroup, create_subgroup
from theme.errors import Refusal


@transaction.atomic
def apply_groups(*, made: GroupImport, by) -> GroupImport:
    """Make and change the groups. A line that no longer fits is listed with its reason, the rest goes in.

    Raises GroupImportIsFinal when it was done before.
    """
    made = GroupImport.objects.select_for_update().get(pk=made.pk)
    if made.applied_at:
        raise GroupImportIsFinal
    for row in made.rows:
        if row["outcome"] in ("add", "change"):
            _apply_safely(row, by)
    made.applied_at = timezone.now()
    made.save(update_fields=["rows", "applied_at"])
    record(by=by, act="groups.imported", about=made, details=made.counts())
    return made


def _apply_safely(row: dict, by) -> None:
    try:
        with transaction.atomic():
            _add(row, by) if row["outcome"] == "add" else _change(row, by)
    except Refusal as refusal:
        row["outcome"], row["reason"] = "reject", str(refusal)


def _add(row: dict, by) -> None:
    values = {key: value for key, value in row["values"].items() if key not in ("manager", "slug")}
    manager = Member.objects.filter(pk=row["values"].get("manager"), is_active=True).first()
    row["subgroup"] = create_subgroup(by=by, manager=manager, **values).pk


def _change(row: dict, by) -> None:
    found = Subgroup.objects.filter(pk=row["subgroup"], archived_at__isnull=True).first()
    if found is None:
        raise GroupImportIsFinal
    values = {key: value for key, value in row["values"].items() if key in row["before"]}
    change_subgroup(subgroup=found, by=by, **values)


@transaction.atomic
def undo_groups(*, made: GroupImport, by) -> GroupImport:
    """Put back what was changed, and take away the groups that were made, the last line first.

    A group in which something happened since is archived, so that nobody's words are lost. Raises GroupImportIsFinal.
    """
    made = GroupImport.objects.select_for_update().get(pk=made.pk)
    if not made.applied_at or made.undone_at:
        raise GroupImportIsFinal
    for row in reversed(made.rows):
        found = Subgroup.objects.filter(pk=row["subgroup"]).first()
        if found and row["outcome"] == "add":
            _take_away(found, by)
        elif found and row["outcome"] == "change":
            _put_back(found, row, by)
    made.undone_at = timezone.now()
    made.save(update_fields=["undone_at"])
    record(by=by, act="groups.import_undone", about=made)
    return made


def _take_away(subgroup: Subgroup, by) -> None:
    if _is_untouched(subgroup):
        try:
            with transaction.atomic():
                Group.objects.filter(role_group__subgroup=subgroup).delete()
                subgroup.delete()
            return
        except ProtectedError:  # something of an app above hangs on it
            subgroup = Subgroup.objects.get(pk=subgroup.pk)
    if subgroup.archived_at is None:
        archive_subgroup(subgroup=subgroup, by=by)


def _is_untouched(subgroup: Subgroup) -> bool:
    """Only the manager it came with, and nothing of any app that would go along with it."""
    if subgroup.member_count > 1 or subgroup.archived_at:
        return False
    own = {"memberships", "role_groups", "subgroupgrouppermission", "subgroupuserpermission"}
    related = [
        field for field in subgroup._meta.related_objects if field.get_accessor_name().removesuffix("_set") not in own
    ]
    return not any(
        field.related_model._base_manager.filter(**{field.field.name: subgroup.pk}).exists() for field in related
    )


def _put_back(subgroup: Subgroup, row: dict, by) -> None:
    """What nobody changed since goes back; a place that is taken by now keeps its number of places."""
    values = {key: old for key, old in row["before"].items() if getattr(subgroup, key) == row["values"][key]}
    if values.get("places", subgroup.places) < subgroup.member_count:
        values.pop("places")
    if Subgroup.objects.filter(name=values.get("name", "")).exists():
        values.pop("name")
    change_subgroup(subgroup=subgroup, by=by, **values)
