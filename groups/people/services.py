"""Every change of who belongs to the association and in which role."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind, RoleGrant
from notifications.live import refresh_member


@transaction.atomic
def enrol(*, member: Member, kind: MembershipKind, starts_on=None) -> Enrolment:
    """Let `member` belong to the association from `starts_on` (default today); an open enrolment is kept."""
    Member.objects.select_for_update().get(pk=member.pk)
    current = member.enrolments.filter(ends_on__isnull=True).first()
    return current or member.enrolments.create(kind=kind, starts_on=starts_on or timezone.localdate())


@transaction.atomic
def grant_role(*, member: Member, role: str, by: Member | None, starts_on=None, ends_on=None) -> RoleGrant:
    """Give `member` a role of the association; granting what is already held returns the open grant."""
    Member.objects.select_for_update().get(pk=member.pk)
    grant = member.role_grants.filter(role=role, ends_on__isnull=True).first()
    if grant is None:
        grant = member.role_grants.create(
            role=role, granted_by=by, starts_on=starts_on or timezone.localdate(), ends_on=ends_on
        )
    align_role_groups(member)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant) -> None:
    """Take a role back from this moment on. The row stays, as history, ending yesterday or at its start."""
    member = Member.objects.select_for_update().get(pk=grant.member_id)
    yesterday = timezone.localdate() - timedelta(days=1)
    if grant.starts_on > yesterday:
        grant.delete()
    else:
        RoleGrant.objects.filter(pk=grant.pk).update(ends_on=yesterday)
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


def role_group_name(role: str) -> str:
    """The auth group of an association role; never shown to members."""
    return f"association:{role}"
