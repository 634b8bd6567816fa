"""What waits for a member because of groups, on home and in the list of tasks."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.people.access import may_for_association
from groups.subgroups.access import invitations_to, managed_subgroups, open_proposals
from groups.subgroups.models import JoinRequest, RoleOffer, WaitingPlace
from notifications.cards import Card, card_registry
from theme.kept import now

A_YEAR = timedelta(days=365)


def _invited(member):
    return invitations_to(member)


@card_registry.when(_invited)
def invitations(member) -> list[Card]:
    return [
        Card(
            key=f"invitation:{invitation.pk}",
            title=invitation.subgroup.name,
            detail=_("%(name)s invites you") % {"name": invitation.by.display_name},
            path=reverse("my-invitation", args=[invitation.pk]),
            button=_("Look"),
            icon=invitation.subgroup.icon,
            hue=invitation.subgroup.tint,
        )
        for invitation in _invited(member).select_related("subgroup", "by")
    ]


def _offered(member):
    return RoleOffer.objects.filter(membership__member=member, answered_at__isnull=True)


@card_registry.when(_offered)
def role_offers(member) -> list[Card]:
    return [
        Card(
            key=f"role-offer:{offer.pk}",
            title=offer.membership.subgroup.name,
            detail=_("You are asked as %(role)s") % {"role": offer.get_role_display()},
            path=reverse("role-offer", args=[offer.pk]),
            button=_("Answer"),
            icon="badge-check",
            hue=offer.membership.subgroup.tint,
        )
        for offer in _offered(member).select_related("membership__subgroup")
    ]


def _free_place(member):
    return WaitingPlace.objects.filter(member=member, closed_at__isnull=True, offered_at__isnull=False)


@card_registry.when(_free_place)
def free_places(member) -> list[Card]:
    return [
        Card(
            key=f"place:{place.pk}",
            title=place.subgroup.name,
            detail=_("There is a place for you"),
            path=place.subgroup.get_absolute_url(),
            button=_("Take it"),
            icon=place.subgroup.icon,
            hue=place.subgroup.tint,
            due_at=place.offered_at + timedelta(hours=72),
        )
        for place in _free_place(member).select_related("subgroup")
    ]


def _asking(member):
    return JoinRequest.objects.filter(decided_at__isnull=True, subgroup__in=_own_desk(member))


@card_registry.when(_asking)
def requests_to_decide(member) -> list[Card]:
    per_group: dict = {}
    for request in _asking(member).select_related("subgroup"):
        per_group.setdefault(request.subgroup, []).append(request)
    return [
        Card(
            key=f"join-requests:{subgroup.pk}",
            title=subgroup.name,
            detail=ngettext("%(count)s person asks to join", "%(count)s people ask to join", len(requests))
            % {"count": len(requests)},
            path=reverse("desk-requests", args=[subgroup.slug]),
            button=_("Look"),
            icon="user-plus",
            hue=subgroup.tint,
        )
        for subgroup, requests in per_group.items()
    ]


def _described_long_ago(member):
    return _own_desk(member).filter(described_at__lt=now() - A_YEAR)


@card_registry.when(_described_long_ago)
def descriptions_to_confirm(member) -> list[Card]:
    """A description nobody confirmed for a year may no longer say what the group is for."""
    return [
        Card(
            key=f"description:{subgroup.pk}",
            title=subgroup.name,
            detail=_("Does the description still hold?"),
            path=reverse("desk-settings", args=[subgroup.slug]),
            button=_("Check"),
            icon="pencil",
            hue=subgroup.tint,
        )
        for subgroup in _described_long_ago(member)
    ]


@card_registry.when(open_proposals)
def proposals_to_decide(member) -> list[Card]:
    return [
        Card(
            key=f"proposal:{proposal.pk}",
            title=proposal.name,
            detail=_("%(name)s proposes a group") % {"name": proposal.by.display_name},
            path=reverse("umbrella"),
            button=_("Look"),
            icon="umbrella",
        )
        for proposal in open_proposals(member)
    ]


def _own_desk(member):
    """The subgroups whose manager the member is; a community manager is not asked about all fifty."""
    from groups.subgroups.access import subgroups_with_right

    if may_for_association(member, "manage_subgroups"):
        return subgroups_with_right(member, "manage_settings")
    return managed_subgroups(member)
