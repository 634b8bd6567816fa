"""What subgroups tell the people below them: who meets whom, who looks after whom, and where newcomers go."""

from django.db.models import Case, Prefetch, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.people.access import managed_registry, met_registry
from groups.people.directory import Choice, choice_registry
from groups.people.models import kept_from
from groups.people.profile_parts import Section, SettingsLink, record_registry, section_registry, settings_registry
from groups.people.register.applying import placing_registry
from groups.people.register.exporting import groups_registry
from groups.people.register.undoing import leaving_registry
from groups.people.services.belonging import enrolled_registry
from groups.people.telling_apart import apart_registry
from groups.people.welcome import step_registry
from groups.subgroups.access import (
    ambassador_links,
    entered_subgroups,
    my_memberships,
    people_managed,
    people_met,
    visible_removals,
    visible_subgroups,
)
from groups.subgroups.models import Membership, Subgroup, SubgroupRole, SubgroupRoleGrant
from groups.subgroups.services.defaults import follow_branch, place_in_defaults
from groups.subgroups.services.leaving import end_memberships, left_registry
from groups.subgroups.services.many import add_members
from groups.subgroups.services.membership import joined_registry
from groups.subgroups.standing import standings

met_registry(people_met)
managed_registry(people_managed)
joined_registry(follow_branch)
left_registry(follow_branch)


@enrolled_registry
def to_default_subgroups(members) -> None:
    place_in_defaults(members=members)


@section_registry
def groups_on_profile(request, person):
    """The groups of who shows them, as far as who looks may know them; of two who meet, the ones they share."""
    theirs = my_memberships(person).values("subgroup")
    shown = visible_subgroups(request.user) if person.shows_groups or person == request.user else None
    seen = shown if shown is not None else entered_subgroups(request.user)
    rows = list(seen.filter(pk__in=theirs).order_by("name"))
    return Section("subgroups/profile_section.html", 20, {"subgroups": rows}) if rows else None


@record_registry
def groups_on_record(request, person):
    """The places of a person with the roles in them, and the removals, for who keeps the register."""
    grants = Prefetch("grants", SubgroupRoleGrant.objects.on().order_by("role"), to_attr="current_grants")
    places = my_memberships(person).filter(subgroup__in=visible_subgroups(request.user))
    places = places.select_related("subgroup").prefetch_related(grants).order_by("subgroup__name")
    removals = visible_removals(request.user).filter(member=person)[:10]
    return Section("subgroups/record_section.html", 20, {"person": person, "places": places, "removals": removals})


@apart_registry
def groups_beside_a_name(viewer, people) -> dict[int, list[str]]:
    """Groups by which one knows somebody: those shared with who looks, and those of who shows them. Branches first."""
    open_to_all = Q(member__shows_groups=True, subgroup__in=visible_subgroups(viewer))
    places = Membership.objects.active().filter(member__in=people, subgroup__archived_at__isnull=True)
    places = places.filter(open_to_all | Q(subgroup__in=entered_subgroups(viewer)))
    is_branch = Case(When(subgroup__kind=Subgroup.Kind.BRANCH, then=Value(0)), default=Value(1))
    names: dict[int, list[str]] = {}
    for member_id, name in places.order_by(is_branch, "subgroup__name").values_list("member", "subgroup__name"):
        names.setdefault(member_id, []).append(name)
    return names


@settings_registry
def link_of_an_ambassador(request):
    if not ambassador_links(request.user).filter(by=request.user).exists():
        return None
    return SettingsLink(
        _("My link for new members"), _("How many joined through you"), "share-2", reverse("own-link"), 60
    )


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
def place_imported(wanted: dict, by) -> dict[int, tuple[list[int], list[str]]]:
    """Places for imported members in the groups that the file names, group by group; what led nowhere is given back."""
    answers: dict[int, tuple[list[int], list[str]]] = {member.pk: ([], []) for member in wanted}
    known = {subgroup.name.casefold(): subgroup for subgroup in Subgroup.objects.active()}
    for name in sorted({name for names in wanted.values() for name in names}):
        subgroup = known.get(name.casefold())
        members = [member for member, names in wanted.items() if name in names]
        placed = {member.pk for member in add_members(subgroup=subgroup, members=members, by=by)} if subgroup else set()
        inside = placed | (set(_inside(subgroup, members)) if subgroup else set())
        for member in members:
            if member.pk in placed:
                answers[member.pk][0].append(subgroup.pk)
            elif member.pk not in inside:
                answers[member.pk][1].append(name)
    return answers


def _inside(subgroup, members):
    return Membership.objects.active().filter(subgroup=subgroup, member__in=members).values_list("member", flat=True)


@leaving_registry
def take_back_places(places: dict, by) -> None:
    """End the places that an import gave: those in the list, or all of a member who goes altogether."""
    rows = Membership.objects.filter(member__in=list(places), left_at__isnull=True).select_related("subgroup")
    ending: dict[Subgroup, list] = {}
    people = {member.pk: member for member in places}
    for row in rows.order_by("subgroup"):
        wanted = places[people[row.member_id]]
        if wanted is None or row.subgroup_id in wanted:
            ending.setdefault(row.subgroup, []).append(people[row.member_id])
    for subgroup, members in ending.items():
        end_memberships(subgroup=subgroup, members=members, by=by)


@groups_registry
def group_names(ids=None, reader=None) -> dict[int, list[str]]:
    """{member id: names of the groups they are in}, of these members, or of everybody; but for `reader`'s surprises."""
    rows = Membership.objects.active().filter(subgroup__archived_at__isnull=True)
    if reader is not None:
        rows = rows.exclude(kept_from(reader, "subgroup__"))
    if ids is not None:
        rows = rows.filter(member__in=ids)
    names: dict[int, list[str]] = {}
    for member_id, name in rows.order_by("subgroup__name").values_list("member_id", "subgroup__name"):
        names.setdefault(member_id, []).append(name)
    return names
