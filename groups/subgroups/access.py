"""Every answer to “who may” inside subgroups. Rights are stored in guardian's tables and read here in one query.

A right holds when a role group that the member belongs to *today* has it: the plain member group while the
membership is active, the other roles while their grant's dates hold. Past its end date a role gives nothing,
whether or not anybody has tidied up the auth groups.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.access import may_for_association, standing_registry, standing_rows
from groups.people.models import Member, kept_from
from groups.people.safety import CHARGE, charge_registry
from groups.subgroups.models import (
    Clearing,
    DefaultSubgroup,
    GroupImport,
    Invitation,
    Membership,
    Proposal,
    Removal,
    RoleGroup,
    RoleOffer,
    Subgroup,
    SubgroupGroupPermission,
    SubgroupRole,
    SubgroupRoleGrant,
    SubgroupUserPermission,
)
from theme.kept import ids, kept_rows, noted
from theme.registry import Registry

GELDCHEF = "geldchef"
place_registry = Registry("Which row of its subgroup is read along with every place? function() -> its path")

# What a role may do in a new subgroup; per subgroup a manager can switch the plain members' rights on and off.
ROLE_RIGHTS: dict[str, frozenset[str]] = {
    SubgroupRole.MEMBER: frozenset({"post_chat", "start_thread", "reply", "upload", "start_poll"}),
    SubgroupRole.GELDCHEF: frozenset({"open_pot"}),
    SubgroupRole.MODERATOR: frozenset({"moderate"}),
    SubgroupRole.MANAGER: frozenset(
        {"post_chat", "start_thread", "reply", "upload", "start_poll", "open_pot", "plan_event", "invite"}
        | {"announce", "moderate", "manage_members", "manage_settings"}
    ),
}
SWITCHABLE = ("post_chat", "start_thread", "reply", "upload", "start_poll", "plan_event", "open_pot", "invite")


def my_memberships(member):
    return readable_memberships(member).filter(subgroup__archived_at__isnull=True)


def open_memberships(member):
    """Places that open the group's content today: those that no rule of the association has closed for a while."""
    return my_memberships(member).filter(closed_at__isnull=True)


def my_places(member) -> list[Membership]:
    """The member's places with their subgroups; asked once and kept on the member object, like the rights."""
    if not hasattr(member, "_own_places"):
        member._own_places = [place for place in readable_places(member) if place.subgroup.archived_at is None]
    return member._own_places


def readable_places(member) -> list[Membership]:
    """`my_places`, and the places in groups that were archived while the member was in, to read back. Asked once."""
    if not hasattr(member, "_readable_places"):
        member._readable_places = list(kept_rows(_places, member)) if member.is_active else []
    return member._readable_places


def _places(member):
    return readable_memberships(member).select_related("subgroup", *(path() for path in place_registry))


def with_module(subgroups, code: str):
    """The subgroups of this queryset that have the module switched on; what is off does not exist for anybody."""
    # Looked for as text, because SQLite has no `contains` for JSON; codes are plain words between quotes.
    return subgroups.annotate(module_codes=Cast("modules", TextField())).filter(module_codes__contains=f'"{code}"')


@ids
def entered_ids(member, module: str = ""):
    """The subgroups whose content this member may read, for a filter `…__in`; with `module`, those that have it on.

    Within a request these are the ids themselves, so that the database does not work out the same places again for
    every list on the page; elsewhere it is the question.
    """
    if member.remembers:
        places = (place for place in my_places(member) if place.closed_at is None)
        return [place.subgroup_id for place in places if not module or place.subgroup.has_module(module)]
    found = Subgroup.objects.active().filter(pk__in=open_memberships(member).values("subgroup"))
    return (with_module(found, module) if module else found).values("pk")


@ids
def belonging_ids(member, module: str = ""):
    """As `entered_ids`, with the groups that are closed to the member until a fee is paid: for their votes."""
    if member.remembers:
        return [place.subgroup_id for place in my_places(member) if not module or place.subgroup.has_module(module)]
    found = Subgroup.objects.active().filter(pk__in=my_memberships(member).values("subgroup"))
    return (with_module(found, module) if module else found).values("pk")


@ids
def past_ids(member, module: str = ""):
    """The archived groups in which the member was at the end."""
    if member.remembers:
        return [place.subgroup_id for place in _readable(member, module) if place.subgroup.archived_at]
    past = readable_subgroups(member).filter(archived_at__isnull=False)
    return (with_module(past, module) if module else past).values_list("pk", flat=True)


@ids
def readable_ids(member, module: str = ""):
    """`entered_ids`, and the archived groups in which the member was at the end: for reading, never for writing."""
    if member.remembers:
        return [place.subgroup_id for place in _readable(member, module)]
    found = readable_subgroups(member)
    return (with_module(found, module) if module else found).values("pk")


def _readable(member, module: str):
    """Places that no rule has closed for a while, archived groups included."""
    places = (place for place in readable_places(member) if place.closed_at is None)
    return [place for place in places if not module or place.subgroup.has_module(module)]


def entered_subgroups(member):
    """Active subgroups whose content this member may read: those they are in now."""
    return Subgroup.objects.active().filter(pk__in=entered_ids(member))


def entered_or_404(member, slug: str, module: str = "") -> Subgroup:
    """The subgroup at this address that the member is in now and that has the module on, without asking again."""
    for place in my_places(member):
        has_it = place.subgroup.slug == slug and (not module or place.subgroup.has_module(module))
        if has_it and place.closed_at is None:
            return place.subgroup
    raise Http404


def readable_or_404(member, slug: str, module: str = "") -> Subgroup:
    """`entered_or_404`, which also opens an archived group for who was in it."""
    for place in _readable(member, module):
        if place.subgroup.slug == slug:
            return place.subgroup
    raise Http404


def known_default_rules(member):
    """Who is in which group from the start, but for groups that are a surprise for this member."""
    rules = DefaultSubgroup.objects.exclude(kept_from(member, "subgroup__"))
    return rules.exclude(Q(branch__isnull=False) & kept_from(member, "branch__"))


def visible_subgroups(member):
    """Active subgroups this member may know exist: open to view, their own, or all for a community manager."""
    known = Subgroup.objects.active().exclude(kept_from(member))
    if may_for_association(member, "manage_subgroups"):
        return known
    return known.filter(Q(is_hidden=False) | Q(pk__in=belonging_ids(member)))


def readable_subgroups(member):
    """What `entered_subgroups` gives, and the archived ones of which the member was part at the end: to read back."""
    return Subgroup.objects.filter(
        pk__in=readable_memberships(member).filter(closed_at__isnull=True).values("subgroup")
    )


def readable_memberships(member):
    """The member's places, also those in subgroups that were archived while they were in."""
    return Membership.objects.active().filter(member_id=member.pk).exclude(kept_from(member, "subgroup__"))


def members_of(subgroup):
    """The people in a subgroup now, by name."""
    here = Membership.objects.active().filter(subgroup=subgroup)
    return Member.objects.filter(pk__in=here.values("member"), is_active=True)


def people_met(member):
    """Ids of who shares a subgroup with the member today; registered with groups.people."""
    return Membership.objects.active().filter(subgroup__in=entered_ids(member)).values("member")


def people_managed(member):
    """Ids of the members of subgroups that this member manages; registered with groups.people."""
    return Membership.objects.active().filter(subgroup__in=managed_subgroups(member)).values("member")


@noted
def is_member(member, subgroup) -> bool:
    return subgroup.pk in rights_by_subgroup(member)


def rights_by_subgroup(member) -> dict[int, set[str]]:
    """{subgroup id: right codes} for every subgroup the member is in; asked once and kept on the member object.

    A websocket outlives changes of rights, so it must load the member again instead of relying on this.
    """
    if not hasattr(member, "_rights_by_subgroup"):
        member._rights_by_subgroup = _ask_rights(member)
    return member._rights_by_subgroup


def _ask_rights(member) -> dict[int, set[str]]:
    rights: dict[int, set[str]] = defaultdict(set)
    if not member.is_active:
        return rights
    for place in my_places(member):
        if place.closed_at is None:
            rights[place.subgroup_id] |= {"enter"}
    for subgroup_id, code in standing_rows(member, "right") if member.remembers else _given_codes(member):
        rights[subgroup_id].add(code)
    return rights


def _given_codes(member):
    through_roles, personal = _given_rights(member)
    codes = ("content_object_id", "permission__codename")
    return through_roles.values_list(*codes).union(personal.values_list(*codes))


def _given_rights(member):
    """The rights through role groups, and those given to this person alone in a subgroup they are in."""
    through_roles = SubgroupGroupPermission.objects.filter(group__in=held_role_groups(member).values("group"))
    here = entered_ids(member)
    return through_roles, SubgroupUserPermission.objects.filter(user_id=member.pk, content_object__in=here)


@standing_registry
def rights_as_standing(member):
    through_roles, personal = _given_rights(member)
    columns = (Value("right"), "content_object_id", "permission__codename")
    return through_roles.values_list(*columns).union(personal.values_list(*columns), all=True)


@charge_registry
def geldchef_as_charge():
    return GELDCHEF, _("Geldchefs and their deputies")


@standing_registry
def geldchef_as_standing(member):
    held = SubgroupRoleGrant.objects.on().filter(
        membership__member_id=member.pk, membership__left_at__isnull=True, role=SubgroupRole.GELDCHEF
    )
    return held.order_by().values_list(Value(CHARGE), Value(0), Value(GELDCHEF))


def held_role_groups(member):
    """The role groups whose rights the member has today."""
    grants = SubgroupRoleGrant.objects.on().filter(
        membership__member_id=member.pk,
        membership__left_at__isnull=True,
        membership__subgroup=OuterRef("subgroup"),
        role=OuterRef("role"),
    )
    mine = entered_ids(member)
    return RoleGroup.objects.filter(
        Q(role=SubgroupRole.MEMBER, subgroup__in=mine) | Q(Exists(grants), subgroup__in=mine)
    )


@noted
def may(member, right: str, subgroup) -> bool:
    """Whether the member has `right` (a permission code of Subgroup) in this subgroup today."""
    return right in rights_by_subgroup(member).get(subgroup.pk, ())


def may_manage(member, subgroup) -> bool:
    """Managers of the subgroup itself, and community managers of the association, change its settings."""
    return may(member, "manage_settings", subgroup) or may_for_association(member, "manage_subgroups")


def managed_subgroups(member):
    """Active subgroups this member manages; all of them for a community manager."""
    if may_for_association(member, "manage_subgroups"):
        return visible_subgroups(member)
    return subgroups_with_right(member, "manage_settings")


@ids
def ids_with_right(member, right: str) -> list[int]:
    return [pk for pk, rights in rights_by_subgroup(member).items() if right in rights]


def clearings_under_way(subgroup):
    """The emptying or deletion that is coming, for who may see the group."""
    return Clearing.objects.under_way().filter(subgroup=subgroup)


def subgroups_with_right(member, right: str):
    return Subgroup.objects.active().filter(pk__in=ids_with_right(member, right))


@noted
def holds_right_somewhere(member, right: str) -> bool:
    """Whether the member has this right in any active subgroup they are in."""
    here = {place.subgroup_id for place in my_places(member)}
    return any(right in rights for pk, rights in rights_by_subgroup(member).items() if pk in here)


def forget_rights(member) -> None:
    """Drop what was kept on this member object, after a change within the same request."""
    for kept in (
        "_rights_by_subgroup",
        "_own_places",
        "_readable_places",
        "_current_roles",
        "_kinds_held",
        "_standing",
    ):
        member.__dict__.pop(kept, None)


def inviting_subgroups(member):
    """Active subgroups into which this member may invite: by right in the group, or as its manager."""
    held = ids_with_right(member, "invite")
    return Subgroup.objects.active().filter(Q(pk__in=held) | Q(pk__in=managed_subgroups(member)))


def invitations_to(member):
    """Open invitations that were sent to this member."""
    found = Invitation.objects.open().filter(invitee=member, subgroup__archived_at__isnull=True)
    found = found.exclude(kept_from(member, "subgroup__"))
    return found.select_related("subgroup", "by", "kind")


def inviting_me(member):
    """The subgroups that invite this member now, hidden ones too: the invitation shows what they are."""
    return Subgroup.objects.filter(pk__in=invitations_to(member).values("subgroup"))


def offers_to(member):
    """Roles that this member was asked to take and has not answered yet."""
    found = RoleOffer.objects.filter(membership__member=member, answered_at__isnull=True)
    return found.select_related("membership__subgroup", "replaces", "by")


def visible_removals(member):
    """Own removals, and those from subgroups that the member manages; of the association: its community managers."""
    managed = Q(subgroup__in=managed_subgroups(member))
    if may_for_association(member, "manage_members"):
        managed |= Q(subgroup__isnull=True)
    return Removal.objects.filter(Q(member=member) | managed).select_related("subgroup", "member", "by")


def current_grants(subgroup, person=None):
    """Roles that are held in this subgroup today, or are still to begin."""
    today = timezone.localdate()
    grants = SubgroupRoleGrant.objects.filter(membership__subgroup=subgroup, membership__left_at__isnull=True)
    grants = grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    if person is not None:
        grants = grants.filter(membership__member=person)
    return grants.select_related("membership__member", "membership__subgroup", "granted_by").order_by("role")


def rights_of_roles(subgroup, roles) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The switchable rights, each with (role, on or off), for the manager's desk."""
    rows = SubgroupGroupPermission.objects.filter(content_object=subgroup)
    held = set(rows.values_list("group__role_group__role", "permission__codename"))
    return [(right, [(role, (role, right) in held) for role in roles]) for right in SWITCHABLE]


def archived_subgroups(member):
    """Archived subgroups, for who may open them again."""
    rows = Subgroup.objects.filter(archived_at__isnull=False).exclude(kept_from(member)).order_by("-archived_at")
    return rows if may_for_association(member, "manage_subgroups") else rows.none()


def group_imports(member):
    """Files with groups, for who may make them."""
    rows = GroupImport.objects.select_related("by").order_by("-pk")
    return rows if may_for_association(member, "manage_subgroups") else rows.none()


def open_proposals(member):
    """Proposals for groups that wait for this member's decision."""
    waiting = Proposal.objects.filter(decided_at__isnull=True).select_related("by")
    return waiting if may_for_association(member, "manage_subgroups") else waiting.none()


def ambassador_links(member):
    """The links of ambassadors, for who lets people in; an ambassador sees the own one."""
    links = Invitation.objects.open().filter(is_ambassador=True).select_related("by", "kind")
    return links if may_for_association(member, "manage_members") else links.filter(by=member)
