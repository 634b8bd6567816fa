"""Who may do what for the association as a whole, and whom a member may see."""

from django.db.models import Exists, Q, Value
from django.utils import timezone

from groups.people.models import (
    Application,
    AssociationRole,
    Audience,
    AuditEntry,
    Enrolment,
    Guardianship,
    Member,
    MemberMerge,
    MembershipKind,
    ProfileValue,
    RegisterImport,
    RoleGrant,
    SupportAccess,
)
from theme.kept import kept_rows, noted
from theme.registry import Registry

Role = AssociationRole

met_registry = Registry("Whom does a member meet? function(member) -> queryset of values with the key `member`")
standing_registry = Registry(
    "What else says at every page who a member is? function(member) -> queryset of (what, number, word)"
)
born_registry = Registry("Who is known to be born after a day? function(day) -> queryset of members")
paid_registry = Registry("Who has paid for this moment, or need not? function() -> queryset of members")
managed_registry = Registry(
    "Whom does a member look after? function(member) -> queryset of values with the key `member`"
)

# What each role of the association may do. docs/roles.md is made from this table.
RIGHTS: dict[str, frozenset[str]] = {
    Role.COMMUNITY_MANAGER: frozenset(
        {"announce", "edit_pages", "manage_subgroups", "manage_members", "manage_roles", "moderate", "manage_house"}
        | {"answer_requests", "look_along"}
    ),
    Role.BOARD: frozenset(
        {"announce", "see_results", "see_figures", "see_books", "decide_applications", "approve_fees"}
        | {"answer_requests", "keep_terms"}
    ),
    Role.TREASURER: frozenset({"see_books", "book", "import_bank", "manage_fees", "approve_fees"}),
    Role.AUDITOR: frozenset({"see_books", "audit"}),
    Role.PRIVACY_OFFICER: frozenset({"see_registers", "keep_terms"}),
    Role.MODERATOR: frozenset({"moderate"}),
}


@noted
def current_roles(member) -> frozenset[str]:
    """The association roles this member holds today; asked once per request and kept on the member object."""
    if not hasattr(member, "_current_roles"):
        if member.remembers:
            member._current_roles = frozenset(role for _, role in standing_rows(member, "role"))
        else:
            member._current_roles = frozenset(_grants(member).values_list("role", flat=True))
    return member._current_roles


def _grants(member):
    return RoleGrant.objects.on().filter(member_id=member.pk)


def _enrolments(member):
    return Enrolment.objects.on().filter(member_id=member.pk)


def standing_rows(member, what: str) -> list[tuple[int, str]]:
    """(number, word) of one part of the standing; for a request, that asks all parts in one query at the first use."""
    if not hasattr(member, "_standing"):
        member._standing = list(kept_rows(_standing, member))
    return [(number, word) for part, number, word in member._standing if part == what]


def _standing(member):
    roles = _grants(member).order_by().values_list(Value("role"), Value(0), "role")
    kinds = _enrolments(member).order_by().values_list(Value("kind"), "kind_id", Value(""))
    return roles.union(kinds, *(ask(member) for ask in standing_registry), all=True)


def association_rights(member) -> frozenset[str]:
    return frozenset().union(*(RIGHTS[role] for role in current_roles(member)))


def may_for_association(member, right: str) -> bool:
    """Whether one of the member's current roles gives `right`, one of the codes in RIGHTS."""
    return member.is_active and right in association_rights(member)


def members_with_right(right: str):
    """Members whose current role gives `right`; for notices to “the board” or “the treasurer”."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    return Member.objects.filter(is_active=True, pk__in=RoleGrant.objects.on().filter(role__in=roles).values("member"))


@noted
def kinds_held(member) -> list[int]:
    """The kinds of membership this member has today; asked once per request and kept on the member object."""
    if not hasattr(member, "_kinds_held"):
        if member.remembers:
            member._kinds_held = [kind for kind, _ in standing_rows(member, "kind")]
        else:
            member._kinds_held = list(_enrolments(member).values_list("kind", flat=True))
    return member._kinds_held


def belongs(member) -> bool:
    """Whether the member belongs to the association today."""
    return member.is_active and bool(kinds_held(member))


def has_paid(member) -> Exists:
    """For a filter: whether the fee of this member is paid today. Without anybody who keeps fees, nobody has paid."""
    paid = Q(pk__in=[])
    for ask in paid_registry:
        paid |= Q(pk__in=ask().values("pk"))
    return Exists(Member.objects.filter(paid, pk=member.pk))


def born_after(day):
    """Members known to be born after this day; whose day of birth nobody keeps is not among them."""
    born = Q(pk__in=[])
    for ask in born_registry:
        born |= Q(pk__in=ask(day).values("pk"))
    return Member.objects.filter(born)


def enrolled_members():
    """Everybody who belongs to the association today."""
    return Member.objects.filter(is_active=True, pk__in=Enrolment.objects.on().values("member"))


def visible_members(member):
    """People this member may know exist: for a member of the association everybody in it, for a guest who they meet."""
    everybody = Q(pk__in=Enrolment.objects.on().values("member"))
    if not member.remembers:
        everybody &= Exists(_enrolments(member))
    elif not kinds_held(member):
        everybody = Q()
    met = Q(pk=member.pk)
    for ask in met_registry:
        met |= Q(pk__in=ask(member))
    return Member.objects.filter(is_active=True).filter(met | everybody)


def findable_members(member):
    """Whom a search by name finds: who is listed, and who one meets anyway."""
    met = Q(pk=member.pk)
    for ask in met_registry:
        met |= Q(pk__in=ask(member))
    return visible_members(member).filter(met | Q(is_listed=True))


def listed_members(member):
    """Whom the directory finds: members who said yes to that, and nobody else, not even in a number."""
    if member.remembers and kinds_held(member):
        return enrolled_members().filter(is_listed=True)  # who belongs sees everybody who does
    return visible_members(member).filter(is_listed=True, pk__in=Enrolment.objects.on().values("member"))


def audience_of(viewer, person) -> str:
    """The widest audience in which `viewer` stands towards `person`: board, managers, groups or members."""
    if viewer.pk == person.pk:
        return Audience.ME
    if may_for_association(viewer, "decide_applications") or may_for_association(viewer, "manage_members"):
        return Audience.BOARD
    if any(person.pk in _ids(ask(viewer), person) for ask in managed_registry):
        return Audience.MANAGERS
    if any(person.pk in _ids(ask(viewer), person) for ask in met_registry):
        return Audience.GROUPS
    return Audience.MEMBERS


def _ids(members, person) -> set[int]:
    return set(members.filter(member=person.pk).values_list("member", flat=True)[:1])


# What each audience is shown: what is for them, and what is for everybody wider.
SEES = {
    Audience.MEMBERS: (Audience.MEMBERS,),
    Audience.GROUPS: (Audience.MEMBERS, Audience.GROUPS),
    Audience.MANAGERS: (Audience.MEMBERS, Audience.GROUPS, Audience.MANAGERS),
    Audience.BOARD: (Audience.MEMBERS, Audience.GROUPS, Audience.MANAGERS, Audience.BOARD),
    Audience.ME: tuple(Audience.values),
}


def visible_values(person, audience: str):
    """The answers on a profile that this audience may see; the same question for page, search and export."""
    return person.profile_values.filter(audience__in=SEES[audience]).exclude(value="").select_related("field")


def wards_of(member):
    """Children for whom the member acts today."""
    return Member.objects.filter(
        is_active=True, pk__in=Guardianship.objects.on().filter(guardian=member).values("child")
    )


def minors_among(member_ids) -> set[int]:
    """Of these members, the ids of the young ones: who has a guardian, or belongs by a kind that is for the young."""
    guarded = Guardianship.objects.on().filter(child__in=member_ids).values_list("child", flat=True)
    young = Enrolment.objects.on().filter(member__in=member_ids, kind__is_for_minors=True)
    return {*guarded, *young.values_list("member", flat=True)}


def guardian_behind(request):
    """The guardian who acts as the child that is logged in, while the guardianship and their own password hold."""
    return guardian_of(request.session, request.user.pk)


def guardian_of(session, child_id: int):
    guardian = Member.objects.filter(pk=session.get("guardian"), is_active=True).first()
    if guardian is None or session.get("guardian_hash") != guardian.get_session_auth_hash():
        return None
    return guardian if wards_of(guardian).filter(pk=child_id).exists() else None


def open_applications(member):
    """Applications with a confirmed address that wait for this member's decision."""
    waiting = Application.objects.filter(confirmed_at__isnull=False, decided_at__isnull=True).select_related("kind")
    return waiting if may_for_association(member, "decide_applications") else waiting.none()


def held_roles(member):
    """Roles of the association that hold today or begin later; for who may give and end them."""
    grants = RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))
    grants = grants.select_related("member", "granted_by").order_by("role", "starts_on")
    return grants if may_for_association(member, "manage_roles") else grants.none()


def all_members(member):
    """Everybody with an account, for who keeps the register and gives roles."""
    may_see = may_for_association(member, "manage_members") or may_for_association(member, "manage_roles")
    return Member.objects.filter(is_active=True) if may_see else Member.objects.none()


def membership_kinds():
    """The kinds of membership the association knows; no secret to anybody."""
    return MembershipKind.objects.all()


def all_guardianships(member):
    """Who acts for whom today, for who keeps the register."""
    rows = Guardianship.objects.on().select_related("guardian", "child").order_by("pk")
    return rows if may_for_association(member, "manage_members") else rows.none()


def answers_to_approve(member):
    """Answers on profiles that wait for a look, for who keeps the register."""
    waiting = ProfileValue.objects.exclude(proposed="").select_related("member", "field").order_by("pk")
    may_decide = may_for_association(member, "manage_members")
    return waiting.filter(member__is_active=True) if may_decide else waiting.none()


def may_help(helper, member) -> bool:
    """Whether `helper` may be let to see the house as `member`: never one who may more than the helper may."""
    if helper.pk == member.pk or not may_for_association(helper, "look_along"):
        return False
    is_above = (member.is_staff or member.is_superuser) and not helper.is_superuser
    return member.is_active and not is_above and association_rights(member) <= association_rights(helper)


def helpers_for(member):
    """Whom this member may ask to look along."""
    fit = [helper.pk for helper in members_with_right("look_along") if may_help(helper, member)]
    return Member.objects.filter(pk__in=fit).order_by("first_name", "last_name")


def support_of(member):
    """The leaves to look along that this member gave."""
    return SupportAccess.objects.filter(member=member).select_related("helper", "ended_by")


def support_to_give(member):
    """The leaves that let this member look along now."""
    running = SupportAccess.objects.running().filter(helper=member).select_related("member")
    return running if may_for_association(member, "look_along") else running.none()


def support_lines(member):
    """What the log says about looking along with this member, newest first."""
    return AuditEntry.objects.filter(about=f"member:{member.pk}", act__startswith="support.")


def register_imports(member):
    rows = RegisterImport.objects.select_related("by")
    return rows if may_for_association(member, "manage_members") else rows.none()


def merges(member):
    """Merges of double members that can still be undone."""
    rows = MemberMerge.objects.filter(undone_at__isnull=True).select_related("kept", "gone", "by")
    return rows if may_for_association(member, "manage_members") else rows.none()
