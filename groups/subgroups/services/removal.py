"""Putting somebody out: with a reason they can read, a chance to answer, perhaps a date until which they stay out."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Member
from groups.people.services import end_enrolment
from groups.subgroups.access import my_memberships
from groups.subgroups.errors import LastManager, NotAMember, ReplyTooLate
from groups.subgroups.models import Membership, Removal, Subgroup
from groups.subgroups.services.leaving import end_membership
from groups.subgroups.services.membership import is_last_manager, lock
from groups.subgroups.services.roles import managers_or_community_managers
from notifications.services import notify

TO_REPLY = timedelta(days=14)


@transaction.atomic
def remove_member(*, subgroup: Subgroup, member: Member, by: Member, reason: str, banned_until=None) -> Removal:
    """End the place at once, and let the member read why and answer. Raises NotAMember, LastManager."""
    subgroup = lock(subgroup)
    if not Membership.objects.active().filter(subgroup=subgroup, member=member).exists():
        raise NotAMember
    if is_last_manager(subgroup, member):
        raise LastManager
    end_membership(subgroup=subgroup, member=member, by=by, reason=reason)
    return _note(subgroup, member, by, reason, banned_until)


@transaction.atomic
def expel_member(*, member: Member, by: Member, reason: str, banned_until=None) -> Removal:
    """End the membership of the association and with it every place; open payments stay reachable."""
    for membership in my_memberships(member).select_related("subgroup"):
        end_membership(subgroup=membership.subgroup, member=member, by=by, reason=reason)
    end_enrolment(member=member, by=by)
    return _note(None, member, by, reason, banned_until)


def _note(subgroup, member, by, reason, banned_until) -> Removal:
    removal = Removal.objects.create(
        subgroup=subgroup,
        member=member,
        by=by,
        reason=reason,
        banned_until=banned_until,
        reply_until=timezone.localdate() + TO_REPLY,
    )
    record(by=by, act="member.removed", about=removal, reason=reason, subgroup_id=subgroup.pk if subgroup else None)
    notify(member_ids=[member.pk], kind="removed", key=f"removal:{removal.pk}", context={"removal": removal.pk})
    return removal


@transaction.atomic
def reply_to_removal(*, removal: Removal, member: Member, reply: str) -> None:
    """The member's own side, once, until the date that was given. Raises ReplyTooLate."""
    waiting = Removal.objects.filter(
        pk=removal.pk, member=member, replied_at__isnull=True, reply_until__gte=timezone.localdate()
    )
    if not waiting.update(reply=reply, replied_at=timezone.now()):
        raise ReplyTooLate
    deciders = {removal.by_id} if removal.by_id else set()
    if removal.subgroup:
        deciders |= set(managers_or_community_managers(removal.subgroup))
    notify(
        member_ids=sorted(deciders),
        kind="removal_reply",
        key=f"removal-reply:{removal.pk}",
        context={"removal": removal.pk},
    )


@transaction.atomic
def lift_ban(*, removal: Removal, by: Member) -> None:
    """From now on the member may come back in the usual way."""
    Removal.objects.filter(pk=removal.pk).update(lifted_at=timezone.now())
    record(by=by, act="ban.lifted", about=removal, subgroup_id=removal.subgroup_id)
