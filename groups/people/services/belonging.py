"""Belonging to the association, and its roles."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups.people.audit import noted, record, record_many
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind, RoleGrant
from notifications.live import refresh_member
from theme.registry import Registry

enrolled_registry = Registry("What happens when people start to belong? function(members) -> None, in the transaction")
ended_registry = Registry("What happens when somebody belongs no more? function() -> None, called by the clock too")


@transaction.atomic
def enrol(*, member: Member, kind: MembershipKind, starts_on=None, by: Member | None = None) -> Enrolment:
    """Let `member` belong to the association from `starts_on` (default today); an open enrolment is kept."""
    Member.objects.select_for_update().get(pk=member.pk)
    current = member.enrolments.filter(ends_on__isnull=True).first()
    if current:
        return current
    enrolment = member.enrolments.create(kind=kind, starts_on=starts_on or timezone.localdate())
    record(by=by, act="enrolment.started", about=member, details={"kind": kind.name, "from": str(enrolment.starts_on)})
    for react in enrolled_registry:
        react([member])
    return enrolment


def enrol_newcomers(*, enrolments: list[Enrolment], by: Member | None) -> None:
    """Store the first enrolment of members who were just made, many at once. The caller holds the transaction."""
    Enrolment.objects.bulk_create(enrolments, batch_size=500)
    record_many(
        [
            noted(
                by=by,
                act="enrolment.started",
                about=row.member,
                details={"kind": row.kind.name, "from": str(row.starts_on)},
            )
            for row in enrolments
        ]
    )
    present = [row.member for row in enrolments if row.holds_now]
    for react in enrolled_registry if present else ():
        react(present)


@transaction.atomic
def end_enrolment(*, member: Member, by: Member | None, ends_on=None) -> None:
    """Let the member belong up to and including `ends_on` (default: until now); history keeps the period."""
    Member.objects.select_for_update().get(pk=member.pk)
    last_day = ends_on or timezone.localdate() - timedelta(days=1)
    for enrolment in member.enrolments.filter(ends_on__isnull=True):
        if enrolment.starts_on > last_day:
            enrolment.delete()
        else:
            Enrolment.objects.filter(pk=enrolment.pk).update(ends_on=last_day)
    record(by=by, act="enrolment.ended", about=member, details={"until": str(last_day)})
    _end_roles_with_it(member, last_day, by)
    for react in ended_registry:
        react()


def _end_roles_with_it(member: Member, last_day, by: Member | None) -> None:
    """Nobody holds a role of the association longer than the membership."""
    if last_day < timezone.localdate():
        for grant in member.role_grants.on():
            end_role(grant=grant, by=by)
    later = member.role_grants.filter(starts_on__lte=last_day)
    later.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)).update(ends_on=last_day)
    member.role_grants.filter(starts_on__gt=last_day).delete()


@transaction.atomic
def grant_role(*, member: Member, role: str, by: Member | None, starts_on=None, ends_on=None) -> RoleGrant:
    """Give `member` a role of the association; granting what is already held returns the open grant."""
    Member.objects.select_for_update().get(pk=member.pk)
    grant = member.role_grants.filter(role=role, ends_on__isnull=True).first()
    if grant is None:
        grant = member.role_grants.create(
            role=role, granted_by=by, starts_on=starts_on or timezone.localdate(), ends_on=ends_on
        )
        details = {"role": role, "from": str(grant.starts_on), "until": str(ends_on or "")}
        record(by=by, act="association_role.granted", about=member, details=details)
    align_role_groups(member)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, by: Member | None = None) -> None:
    """Take a role back from this moment on. The row stays, as history, ending yesterday or at its start."""
    member = Member.objects.select_for_update().get(pk=grant.member_id)
    yesterday = timezone.localdate() - timedelta(days=1)
    if grant.starts_on > yesterday:
        grant.delete()
    else:
        RoleGrant.objects.filter(pk=grant.pk).update(ends_on=yesterday)
    record(by=by, act="association_role.ended", about=member, details={"role": grant.role})
    align_role_groups(member)


def align_role_groups(member: Member) -> None:
    """Put the member in exactly the auth groups of the roles held today (Wagtail's editor rights hang on them)."""
    held = set(member.role_grants.on().values_list("role", flat=True))
    groups = {role: Group.objects.get_or_create(name=role_group_name(role))[0] for role in AssociationRole.values}
    member.groups.remove(*(group for role, group in groups.items() if role not in held))
    member.groups.add(*(group for role, group in groups.items() if role in held))
    if hasattr(member, "_current_roles"):
        del member._current_roles
    refresh_member(member.pk)


def align_ended_roles() -> int:
    """Take members out of the auth groups of roles that ended by their date; for the clock. Returns how many."""
    count = 0
    for role in AssociationRole.values:
        held = RoleGrant.objects.on().filter(role=role).values("member")
        late = Member.objects.filter(groups__name=role_group_name(role)).exclude(pk__in=held)
        coming = Member.objects.filter(pk__in=held).exclude(groups__name=role_group_name(role))
        for member in (*late[:200], *coming[:200]):
            align_role_groups(member)
            count += 1
    return count


def role_group_name(role: str) -> str:
    """The auth group of an association role; never shown to members."""
    return f"association:{role}"
