"""Who may look after personal data, and who sees it."""

from dataclasses import dataclass

from community.privacy.models import (
    Breach,
    DataExport,
    DeviceLoss,
    LegalHold,
    PrivacyRequest,
    RetentionRun,
    RetentionTerm,
)
from groups.people.access import RIGHTS, may_for_association
from groups.people.models import AssociationRole, AuditEntry, RoleGrant, kept_from
from groups.subgroups.models import Membership
from theme.personal_data import PersonalData, all_personal_data


def my_exports(member):
    return DataExport.objects.filter(member=member).order_by("-asked_at")


def may_keep_registers(member) -> bool:
    return may_for_association(member, "see_registers")


def visible_requests(member):
    """All requests for who keeps the registers, none for others; so too those below."""
    return _for_the_officer(member, PrivacyRequest)


def visible_holds(member):
    return _for_the_officer(member, LegalHold).exclude(kept_from(member, "subgroup__"))


def visible_terms(member):
    return _for_the_officer(member, RetentionTerm).exclude(kept_from(member, "subgroup__"))


def visible_runs(member):
    return _for_the_officer(member, RetentionRun).exclude(kept_from(member, "subgroup__"))


def visible_losses(member):
    return _for_the_officer(member, DeviceLoss).select_related("member")


def visible_breaches(member):
    return _for_the_officer(member, Breach)


def _for_the_officer(member, model):
    return model.objects.all() if may_keep_registers(member) else model.objects.none()


@dataclass(frozen=True, slots=True)
class Sight:
    """What a group of people can see of one member."""

    role: str
    people: int
    rights: list[str]


def people_with_sight() -> list[Sight]:
    """Each association role with how many hold it today and what it may do."""
    held = RoleGrant.objects.on().values_list("role", flat=True)
    counts = {role: sum(1 for other in held if other == role) for role in AssociationRole.values}
    return [Sight(role.label, counts[role], sorted(RIGHTS[role])) for role in AssociationRole if counts[role]]


def my_groups(member):
    """The groups in which other members see this one."""
    return Membership.objects.active().filter(member=member).select_related("subgroup").order_by("subgroup__name")


def data_about(member) -> list[tuple[PersonalData, int]]:
    """Every registered kind of data, with how many rows are about this member."""
    return [(data, data.rows_of(member).count()) for data in all_personal_data()]


def times_all_was_taken(member):
    """When the whole register left the house as a file, with this member in it."""
    return AuditEntry.objects.filter(act="register.exported", at__gte=member.created_at)
