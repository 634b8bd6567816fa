"""What subgroups tell the people below them: who meets whom, who looks after whom, and where newcomers go."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.people.access import managed_registry, met_registry
from groups.people.directory import Choice, choice_registry
from groups.people.profile_parts import Section, section_registry
from groups.people.register.applying import leaving_registry, placing_registry
from groups.people.register.exporting import groups_registry
from groups.people.services.belonging import enrolled_registry
from groups.people.welcome import step_registry
from groups.subgroups.access import entered_subgroups, my_memberships, people_managed, people_met, visible_subgroups
from groups.subgroups.errors import SubgroupArchived, SubgroupFull
from groups.subgroups.models import Membership, Subgroup, SubgroupRole, SubgroupRoleGrant
from groups.subgroups.services.defaults import place_in_defaults
from groups.subgroups.services.membership import add_member, end_membership
from groups.subgroups.standing import standings

met_registry(people_met)
managed_registry(people_managed)


@enrolled_registry
def to_default_subgroups(member) -> None:
    place_in_defaults(member=member)


@section_registry
def groups_on_profile(request, person):
    """The groups of who shows them, as far as who looks may know them; of two who meet, the ones they share."""
    theirs = my_memberships(person).values("subgroup")
    shown = visible_subgroups(request.user) if person.shows_groups or person == request.user else None
    seen = shown if shown is not None else entered_subgroups(request.user)
    rows = list(seen.filter(pk__in=theirs).order_by("name"))
    return Section("subgroups/profile_section.html", 20, {"subgroups": rows}) if rows else None


@choice_registry
def by_group_and_role(viewer) -> list[Choice]:
    """The directory by branch, by own group, and by who manages something."""
    grants = SubgroupRoleGrant.objects.on().filter(membership__left_at__isnull=True, role=SubgroupRole.MANAGER)
    visible = visible_subgroups(viewer)
    choices = [
        Choice(
            "managers",
            _("Managers of groups"),
            grants.filter(membership__subgroup__in=visible).values("membership__member"),
        )
    ]
    groups = visible.filter(Q(kind=Subgroup.Kind.BRANCH) | Q(pk__in=entered_subgroups(viewer))).order_by("name")
    return choices + [
        Choice(f"group-{group.pk}", group.name, Membership.objects.active().filter(subgroup=group).values("member"))
        for group in groups
    ]


@step_registry
def groups_to_join(request, step):
    """The third step of the welcome: groups one can join at once or ask for."""
    if step != 3:
        return {}
    open_to_me = visible_subgroups(request.user).exclude(pk__in=entered_subgroups(request.user))
    rows = list(open_to_me.filter(join_policy__in=["open", "request"]).order_by("-member_count")[:12])
    standings(request.user, rows)
    return {"subgroups": rows, "own": entered_subgroups(request.user), "groups_url": reverse("subgroups")}


@placing_registry
def place_imported(member, names: list[str], by) -> list[str]:
    """Places for an imported member in the groups named in the file; gives back the names that led nowhere."""
    missing = []
    for name in names:
        subgroup = Subgroup.objects.active().filter(name__iexact=name).first()
        try:
            if subgroup is None:
                raise SubgroupArchived
            add_member(subgroup=subgroup, member=member, by=by)
        except (SubgroupFull, SubgroupArchived):
            missing.append(name)
    return missing


@leaving_registry
def take_back_places(member, by) -> None:
    for membership in Membership.objects.filter(member=member, left_at__isnull=True).select_related("subgroup"):
        end_membership(subgroup=membership.subgroup, member=member, by=by)


@groups_registry
def group_names(ids) -> dict[int, list[str]]:
    rows = Membership.objects.active().filter(member__in=ids, subgroup__archived_at__isnull=True)
    names: dict[int, list[str]] = {}
    for member_id, name in rows.order_by("subgroup__name").values_list("member_id", "subgroup__name"):
        names.setdefault(member_id, []).append(name)
    return names
