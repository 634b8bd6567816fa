"""Reads for the pages of subgroups: lists with a constant number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Sum
from django.utils.translation import gettext as _

from groups.people.models import Enrolment, Interest
from groups.subgroups.models import (
    MAX_MEMBERS,
    MAX_SUBGROUPS,
    Arrival,
    Departure,
    Membership,
    Subgroup,
    SubgroupRole,
    SubgroupRoleGrant,
)

FEWEST = 5  # smaller classes point at persons


def memberships_with_roles(subgroup, search: str = ""):
    """Places in the subgroup by name, each with `current_grants`; two queries whatever the size."""
    grants = Prefetch("grants", SubgroupRoleGrant.objects.on().order_by("role"), to_attr="current_grants")
    places = Membership.objects.active().filter(subgroup=subgroup, member__is_active=True)
    for word in search.split()[:4]:
        places = places.filter(Q(member__first_name__icontains=word) | Q(member__last_name__icontains=word))
    places = places.select_related("member").prefetch_related(grants)
    return places.order_by("member__last_name", "member__first_name", "member_id")


def with_managers(subgroups):
    """The subgroups, each with `manager_names`; two queries whatever the number."""
    rows = list(subgroups)
    grants = SubgroupRoleGrant.objects.on().filter(
        membership__subgroup__in=[row.pk for row in rows],
        membership__left_at__isnull=True,
        role=SubgroupRole.MANAGER,
    )
    names: dict[int, list[str]] = {}
    for grant in grants.select_related("membership__member").order_by("pk"):
        names.setdefault(grant.membership.subgroup_id, []).append(grant.membership.member.display_name)
    for row in rows:
        row.manager_names = names.get(row.pk, [])
    return rows


def found_subgroups(subgroups, search: str):
    """Subgroups whose name or purpose has every word; a word that is an interest also finds its other words."""
    for word in search.split()[:4]:
        words = {word, *_same_meaning(word)}
        clause = Q()
        for each in words:
            clause |= Q(name__icontains=each) | Q(description__icontains=each)
        subgroups = subgroups.filter(clause)
    return subgroups


def _same_meaning(word: str) -> list[str]:
    close = Interest.objects.filter(Q(name__iexact=word) | Q(synonyms__icontains=word))
    return [each for interest in close[:5] for each in interest.words]


@dataclass(frozen=True, slots=True)
class Share:
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Composition:
    """What kind of people are in a subgroup, without names: classes under five are merged into “other”."""

    title: str
    shares: list[Share]


def composition(subgroup) -> list[Composition]:
    inside = Membership.objects.active().filter(subgroup=subgroup).values("member")
    kinds = Enrolment.objects.on().filter(member__in=inside).values_list("kind__name").annotate(n=Count("member"))
    branches = (
        Membership.objects.active()
        .filter(member__in=inside, subgroup__kind=Subgroup.Kind.BRANCH, subgroup__is_hidden=False)
        .exclude(subgroup=subgroup)
        .values_list("subgroup__name")
        .annotate(n=Count("member"))
    )
    held = SubgroupRoleGrant.objects.on().filter(membership__subgroup=subgroup, membership__left_at__isnull=True)
    roles = [
        (SubgroupRole(role).label, count) for role, count in held.values_list("role").annotate(n=Count("membership"))
    ]
    interests = Interest.objects.filter(members__in=inside).values_list("name").annotate(n=Count("members"))
    found = [
        (_("Kind of membership"), kinds),
        (_("Branch"), branches),
        (_("Roles in the group"), roles),
        (_("Interests"), interests),
    ]
    return [made for title, rows in found if (made := Composition(title, _merged(rows))).shares]


def _merged(rows) -> list[Share]:
    shown = [Share(label, count) for label, count in rows if count >= FEWEST]
    rest = sum(count for _label, count in rows if count < FEWEST)
    shown.sort(key=lambda share: (-share.count, share.label))
    return [*shown, Share(_("other"), rest)] if rest >= FEWEST else shown


def officers(subgroup, every_role: bool) -> list[tuple[str, str]]:
    """(role, names) of who holds a role in the subgroup today, or of its managers only: whom to turn to."""
    grants = SubgroupRoleGrant.objects.on().filter(membership__subgroup=subgroup, membership__left_at__isnull=True)
    names: dict[str, list[str]] = {}
    for grant in grants.select_related("membership__member").order_by("pk"):
        names.setdefault(grant.role, []).append(grant.membership.member.display_name)
    shown = SubgroupRole if every_role else [SubgroupRole.MANAGER]
    return [(role.label, ", ".join(names[role])) for role in shown if role in names]


def board_of(subgroup):
    """Places of who holds a role in the subgroup today, each with `current_grants`; two queries."""
    held = SubgroupRoleGrant.objects.on().filter(membership=OuterRef("pk"))
    return memberships_with_roles(subgroup).filter(Exists(held))


def with_names(links):
    """Ambassadors' links, each with `named`: who came through it and lets the ambassador see that by name."""
    named = Arrival.objects.filter(is_named=True, member__is_active=True).select_related("member")
    return links.prefetch_related(Prefetch("arrivals", named, to_attr="named"))


@dataclass(frozen=True, slots=True)
class UmbrellaFigures:
    subgroups: int
    places_used: int
    members: int

    max_subgroups: int = MAX_SUBGROUPS
    max_places: int = MAX_SUBGROUPS * MAX_MEMBERS


def umbrella_figures(subgroups=None) -> UmbrellaFigures:
    """Places taken under the umbrella, and how many different people take them; of all groups or of these."""
    counted = Subgroup.objects.active() if subgroups is None else subgroups
    active = counted.aggregate(n=Count("pk"), places=Sum("member_count", default=0))
    people = Membership.objects.active().filter(subgroup__in=counted)
    distinct = people.aggregate(n=Count("member", distinct=True))["n"]
    return UmbrellaFigures(active["n"], active["places"], distinct)


def departure_totals(subgroup) -> list[Share]:
    """Why people left, where five or more gave that reason; fewer are nobody's business."""
    rows = subgroup.departures.values_list("reason").annotate(n=Count("pk")).filter(n__gte=FEWEST)
    return [Share(Departure.Reason(reason).label, count) for reason, count in rows]
