"""A member asks to join; one manager decides, once, and open desks see it come and go."""

from django.db import transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.errors import AlreadyAsked, AlreadyDecided, AlreadyIn, Banned, NotOpenToJoin
from groups.subgroups.models import JoinRequest, Membership, Subgroup
from groups.subgroups.services.membership import active_ban, add_member, lock
from groups.subgroups.services.roles import managers_or_community_managers
from notifications.live import publish_to_member
from notifications.services import notify, read_notices


@transaction.atomic
def ask_to_join(*, subgroup: Subgroup, member: Member, text: str = "") -> JoinRequest:
    """Put a request before the managers. Raises NotOpenToJoin, AlreadyIn, AlreadyAsked, Banned."""
    subgroup = lock(subgroup)
    if subgroup.join_policy != Subgroup.JoinPolicy.REQUEST or subgroup.archived_at:
        raise NotOpenToJoin
    if Membership.objects.active().filter(subgroup=subgroup, member=member).exists():
        raise AlreadyIn
    if active_ban(subgroup, member):
        raise Banned
    if subgroup.join_requests.filter(member=member, decided_at__isnull=True).exists():
        raise AlreadyAsked
    request = subgroup.join_requests.create(member=member, text=text)
    tell_managers(request)
    return request


def tell_managers(request: JoinRequest) -> None:
    """A notice for each manager, and the new number on every desk that is open now."""
    deciders = managers_or_community_managers(request.subgroup)
    notify(
        member_ids=deciders,
        kind="join_request",
        key=f"join-requests:{request.subgroup_id}",
        context={"subgroup": request.subgroup_id, "member": request.member_id},
        dedupe=f"join-request:{request.pk}",
    )
    publish_desk(request.subgroup, deciders)


def publish_desk(subgroup: Subgroup, deciders: list[int]) -> None:
    waiting = subgroup.join_requests.filter(decided_at__isnull=True).count()
    for member_id in deciders:
        publish_to_member(member_id, f"desk.{subgroup.pk}", {"count": waiting})


@transaction.atomic
def decide_request(*, join_request: JoinRequest, by: Member, accept: bool, answer: str = "") -> JoinRequest:
    """Let the member in, or not. Raises AlreadyDecided for the second manager, SubgroupFull, Banned."""
    subgroup = lock(join_request.subgroup)
    request = JoinRequest.objects.select_for_update().get(pk=join_request.pk)
    if request.decided_at:
        raise AlreadyDecided
    request.decided_at, request.decided_by = timezone.now(), by
    request.is_accepted, request.answer = accept, answer
    request.save()
    if accept:
        add_member(subgroup=subgroup, member=request.member, by=by)
    record(by=by, act="request.accepted" if accept else "request.declined", about=request)
    _tell_answer(request)
    return request


def _tell_answer(request: JoinRequest) -> None:
    notify(
        member_ids=[request.member_id],
        kind="join_answer",
        key=f"join-answer:{request.pk}",
        context={"request": request.pk},
    )
    deciders = managers_or_community_managers(request.subgroup)
    publish_desk(request.subgroup, deciders)
    if not request.subgroup.join_requests.filter(decided_at__isnull=True).exists():
        for manager in Member.objects.filter(pk__in=deciders):
            read_notices(member=manager, keys=[f"join-requests:{request.subgroup_id}"])


@transaction.atomic
def withdraw_request(*, subgroup: Subgroup, member: Member) -> None:
    """The member no longer asks; nothing of it stays."""
    subgroup.join_requests.filter(member=member, decided_at__isnull=True).delete()
    publish_desk(subgroup, managers_or_community_managers(subgroup))
