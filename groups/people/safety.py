"""Who proves twice who they are, and whose session locks sooner; both follow from the roles held today."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction

from groups.people.access import current_roles, standing_rows
from groups.people.audit import record
from groups.people.history.kept import settings_change
from groups.people.models import AssociationRole, Member, SafetyRules
from theme.registry import Registry

CACHE_KEY = "safety-rules"
Role = AssociationRole
ALWAYS = frozenset({Role.COMMUNITY_MANAGER, Role.BOARD, Role.TREASURER, Role.MODERATOR})
# With money, the board's work or everybody's rights in hand: their sessions lock sooner.
BOUND = frozenset({Role.COMMUNITY_MANAGER, Role.BOARD, Role.TREASURER})
CHARGE = "charge"  # the part of the standing that says which charges outside the association's roles somebody holds

charge_registry = Registry(
    "Which charge with money is there outside the association's roles? function() -> (code, label)"
)


@dataclass(frozen=True, slots=True)
class Rules:
    second_factor_for: frozenset[str]
    idle_minutes: int


def safety_rules() -> Rules:
    """The rules that hold now, kept in the cache: they are asked at every request."""
    return cache.get_or_set(CACHE_KEY, _read, timeout=60)


def _read() -> Rules:
    row = SafetyRules.objects.filter(pk=1).first() or SafetyRules()
    return Rules(ALWAYS | frozenset(row.second_factor_for), row.idle_minutes)


def were_rules_chosen() -> bool:
    """Whether the association ever chose its own, so that there is a history."""
    return SafetyRules.objects.exists()


@transaction.atomic
def change_safety_rules(*, by: Member, second_factor_for: list[str], idle_minutes: int) -> SafetyRules:
    """Choose who besides the fixed roles needs a second step, and after how many minutes (5-480) a role locks."""
    row, _made = SafetyRules.objects.select_for_update().get_or_create(pk=1)
    with settings_change("safety", row, by=by, act="safety.changed"):
        row.second_factor_for, row.idle_minutes = sorted(second_factor_for), idle_minutes
        row.save()
    transaction.on_commit(lambda: cache.delete(CACHE_KEY), robust=True)
    return row


def selectable() -> list[tuple[str, str]]:
    """Roles and charges that the association may ask for a second step, besides those that always must."""
    roles = [(role.value, role.label) for role in Role if role not in ALWAYS]
    return roles + [ask() for ask in charge_registry]


def charges(member) -> frozenset[str]:
    """Charges with money that the member holds today, such as Geldchef; asked with the rest of the standing."""
    return frozenset(word for _number, word in standing_rows(member, CHARGE))


def needs_second_factor(member) -> bool:
    held = current_roles(member) | charges(member)
    return member.is_staff or bool(held & safety_rules().second_factor_for)


def idle_seconds(member) -> int | None:
    """How long the member's sessions may lie idle; None when the member chose never and no role forbids that."""
    terms = [member.idle_minutes] if member.idle_minutes else []
    if current_roles(member) & BOUND or charges(member):
        terms.append(safety_rules().idle_minutes)
    return min(terms) * 60 if terms else None


@transaction.atomic
def choose_idle(*, member: Member, idle_minutes: int) -> None:
    """The member's own choice, for all their sessions; a role may make it shorter but never longer."""
    Member.objects.filter(pk=member.pk).update(idle_minutes=idle_minutes)
    record(by=member, act="session.idle_chosen", about=member, details={"minutes": idle_minutes})
