"""Places that come and go by rule: default subgroups, guests after their date, members who left the association."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups.people.models import Enrolment, Member
from groups.subgroups.models import DefaultSubgroup, Membership, Subgroup
from groups.subgroups.services.leaving import end_membership, end_memberships
from groups.subgroups.services.many import add_members

AT_ONCE = 500


@transaction.atomic
def place_in_defaults(*, members: list[Member]) -> dict[Subgroup, list[Member]]:
    """Give new members a place in each default subgroup of their kind and branches; returns who went where.

    A place in one subgroup may be a reason for a place in another, so groups by branch come last.
    """
    placed = {}
    for subgroup, rules in _rules(DefaultSubgroup.objects.order_by("branch_id")).items():
        fitting = _fitting(rules, subgroup).filter(pk__in=[member.pk for member in members])
        if chosen := list(fitting):
            placed[subgroup] = add_members(subgroup=subgroup, members=chosen, by_rule=True)
    return placed


def _rules(rules) -> dict[Subgroup, list[DefaultSubgroup]]:
    """The rules per active subgroup; those that look at a branch after those that do not."""
    found: dict[Subgroup, list[DefaultSubgroup]] = {}
    active = rules.filter(subgroup__archived_at__isnull=True).select_related("subgroup")
    for rule in sorted(active, key=lambda rule: rule.branch_id is not None):
        found.setdefault(rule.subgroup, []).append(rule)
    return found


def _meant(rules: list[DefaultSubgroup]) -> Q:
    """Whom the rules of one subgroup are about: of the kind, and in the branch, today."""
    clause = Q()
    for rule in rules:
        enrolled = Enrolment.objects.on()
        each = Q(pk__in=(enrolled.filter(kind=rule.kind_id) if rule.kind_id else enrolled).values("member"))
        if rule.branch_id:
            each &= Q(pk__in=Membership.objects.active().filter(subgroup=rule.branch_id).values("member"))
        clause |= each
    return clause


def _fitting(rules: list[DefaultSubgroup], subgroup: Subgroup):
    """Members meant by the rules who are not in. Who left by hand, or was put out, is not put back."""
    been = Membership.objects.filter(subgroup=subgroup).filter(Q(left_at__isnull=True) | Q(left_by_rule=False))
    return Member.objects.filter(_meant(rules), is_active=True).exclude(pk__in=been.values("member")).order_by("pk")


def follow_branch(subgroup: Subgroup, members: list[Member]) -> None:
    """Who came into a branch or went out of it comes into the subgroups that follow the branch, or goes out."""
    rules = DefaultSubgroup.objects.filter(branch=subgroup)
    if not rules.exists():
        return
    place_in_defaults(members=members)
    for follower, own_rules in _rules(rules.filter(fills_itself=True)).items():
        _follow(follower, own_rules)


def align_self_filling() -> int:
    """Let subgroups that keep themselves filled follow kinds and branches; returns how many moved. For the clock."""
    moved = 0
    for subgroup, rules in _rules(DefaultSubgroup.objects.filter(fills_itself=True)).items():
        moved += _follow(subgroup, rules)
    return moved


@transaction.atomic
def _follow(subgroup: Subgroup, rules: list[DefaultSubgroup]) -> int:
    every_rule = list(subgroup.default_rules.all())
    came = Membership.objects.filter(subgroup=subgroup, left_at__isnull=True, by_rule=True)
    # Who holds a role here is needed here, whatever the rule says.
    gone = Member.objects.filter(pk__in=came.filter(grants__isnull=True).values("member")).exclude(_meant(every_rule))
    going, coming = list(gone[:AT_ONCE]), list(_fitting(rules, subgroup)[:AT_ONCE])
    ended = end_memberships(subgroup=subgroup, members=going, by_rule=True) if going else []
    return len(ended) + (len(add_members(subgroup=subgroup, members=coming, by_rule=True)) if coming else 0)


def end_guests() -> int:
    """End the places of guests whose last day is over; returns how many. For the clock."""
    over = Membership.objects.filter(left_at__isnull=True, guest_until__lt=timezone.localdate())
    return _end_all(over)


def end_places_without_enrolment() -> int:
    """End the places of who left the association: on the day after the last one, without anybody acting."""
    gone = Enrolment.objects.filter(ends_on__lt=timezone.localdate()).exclude(
        member__in=Enrolment.objects.on().values("member")
    )
    over = Membership.objects.filter(left_at__isnull=True, guest_until__isnull=True, member__in=gone.values("member"))
    return _end_all(over)


def _end_all(memberships) -> int:
    rows = list(memberships.select_related("subgroup", "member")[:AT_ONCE])
    for membership in rows:
        end_membership(subgroup=membership.subgroup, member=membership.member)
    return len(rows)
