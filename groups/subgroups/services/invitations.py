"""Invitations: made, withdrawn, accepted, declined. Whatever a link promises is decided again under lock when used."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from groups.people.access import may_for_association
from groups.people.audit import record
from groups.people.models import Member, MembershipKind
from groups.people.services import enrol
from groups.subgroups.access import is_member, may, may_manage
from groups.subgroups.errors import (
    AlreadyIn,
    AlreadyInvited,
    InvitationGone,
    NewcomersOnly,
    NotForNewcomers,
    NotToBeAsked,
    TooManyInvitations,
)
from groups.subgroups.models import DeclineCount, Invitation, Subgroup
from groups.subgroups.services.arrivals import note_arrival
from groups.subgroups.services.invitation_mails import invitation_signed_as, write_first
from groups.subgroups.services.membership import add_member
from notifications.services import notify, read_notices

A_DAY = 60  # invitations that one member may send in 24 hours
VALID = timedelta(days=14)
AMBASSADOR_USES = 1024


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_invitation(token: str) -> Invitation | None:
    """The invitation that this token opens now; every reason why not looks the same from outside."""
    known = Q(token_hash=token_hash(token)) | Q(pk=invitation_signed_as(token))
    found = Invitation.objects.open().filter(known).select_related("subgroup", "by", "kind")
    invitation = found.first()
    if invitation and invitation.subgroup and invitation.subgroup.archived_at:
        return None
    return invitation


def may_invite(member: Member, subgroup: Subgroup) -> bool:
    return may(member, "invite", subgroup) or may_manage(member, subgroup)


@transaction.atomic
def invite_member(*, subgroup: Subgroup, member: Member, by: Member, text: str = "") -> Invitation:
    """Ask a member of the association into the subgroup, if they let themselves be asked.

    Raises NotToBeAsked, AlreadyIn, AlreadyInvited, TooManyInvitations.
    """
    _slow_down(by)
    if is_member(member, subgroup):
        raise AlreadyIn
    if not may_be_asked(member, subgroup, by):
        raise NotToBeAsked
    if Invitation.objects.open().filter(subgroup=subgroup, invitee=member).exists():
        raise AlreadyInvited
    Invitation.objects.filter(subgroup=subgroup, invitee=member, uses=0, declined_at__isnull=True).update(
        revoked_at=timezone.now()
    )
    invitation, _token = _make(subgroup=subgroup, by=by, invitee=member, text=text)
    notify(
        member_ids=[member.pk],
        kind="invitation",
        key=f"invitation:{invitation.pk}",
        context={"invitation": invitation.pk},
    )
    return invitation


def may_be_asked(member: Member, subgroup: Subgroup, by: Member) -> bool:
    """The member's own setting decides: nobody, only managers of that subgroup, or every member with the right."""
    if member.consent == Member.Consent.NOBODY:
        return False
    return member.consent == Member.Consent.MEMBERS or may_manage(by, subgroup)


@transaction.atomic
def invite_address(
    *, by: Member, email: str, subgroup: Subgroup | None = None, text: str = "", kind=None, guest_until=None
) -> Invitation:
    """Make an invitation that only works for this address, and write to it if that has not been done lately.

    Newcomers need `kind` or `guest_until`.

    The answer is the same whether or not the address has an account. Raises TooManyInvitations, NotForNewcomers.
    """
    _slow_down(by)
    _check_newcomers(by, kind)
    invitation, token = _make(
        subgroup=subgroup, by=by, email=email.lower(), text=text, kind=kind, guest_until=guest_until
    )
    write_first(invitation, token)
    return invitation


@transaction.atomic
def make_link(
    *,
    by: Member,
    subgroup: Subgroup | None = None,
    max_uses: int = 25,
    valid: timedelta = VALID,
    kind: MembershipKind | None = None,
    guest_until=None,
    is_ambassador: bool = False,
) -> tuple[Invitation, str]:
    """A link for whoever holds it, with an end and a number of uses; the token is shown once and kept as a hash."""
    _slow_down(by)
    if not is_ambassador:
        _check_newcomers(by, kind)
    return _make(
        subgroup=subgroup,
        by=by,
        max_uses=max_uses,
        kind=kind,
        guest_until=guest_until,
        is_ambassador=is_ambassador,
        expires_at=timezone.now() + valid,
    )


@transaction.atomic
def appoint_ambassador(*, member: Member, by: Member, kind: MembershipKind, valid: timedelta) -> Invitation:
    """Give a member a link of their own, through which newcomers become members. They hear of it and share it."""
    invitation, _token = make_link(by=member, kind=kind, valid=valid, max_uses=AMBASSADOR_USES, is_ambassador=True)
    record(by=by, act="ambassador.appointed", about=member)
    key = f"ambassador:{invitation.pk}"
    notify(member_ids=[member.pk], kind="ambassador", key=key, context={"invitation": invitation.pk})
    return invitation


@transaction.atomic
def renew_link(*, invitation: Invitation) -> str:
    """A new token for the same link: the count goes on, and the token there was opens nothing any more."""
    token = secrets.token_urlsafe(24)
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=token_hash(token))
    record(by=invitation.by, act="invitation.renewed", about=invitation)
    return token


def _check_newcomers(by: Member, kind) -> None:
    """Letting people into the association is not a matter of one subgroup."""
    if kind and not may_for_association(by, "manage_members"):
        raise NotForNewcomers


def _slow_down(by: Member) -> None:
    since = timezone.now() - timedelta(days=1)
    # The row of who asks is the lock: two quick clicks are counted one after the other.
    Member.objects.select_for_update().get(pk=by.pk)
    if by.invitations_sent.filter(created_at__gt=since).count() >= A_DAY:
        raise TooManyInvitations


def _make(*, by: Member, **values) -> tuple[Invitation, str]:
    token = secrets.token_urlsafe(24)
    values.setdefault("expires_at", timezone.now() + VALID)
    invitation = Invitation.objects.create(by=by, token_hash=token_hash(token), **values)
    record(
        by=by,
        act="invitation.made",
        about=invitation,
        subgroup_id=invitation.subgroup_id,
        details={"uses": invitation.max_uses, "until": invitation.expires_at.isoformat()},
    )
    return invitation, token


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Member) -> None:
    """Withdraw it: from now on it opens nothing, also for who has the page open."""
    withdrawn = Invitation.objects.filter(pk=invitation.pk, revoked_at__isnull=True)
    if withdrawn.update(revoked_at=timezone.now(), revoked_by=by):
        record(by=by, act="invitation.revoked", about=invitation, subgroup_id=invitation.subgroup_id)
        _forget_notice(invitation)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, member: Member, is_named: bool = False) -> Invitation:
    """Use the invitation: enrol who is new when it says so, and give a place in the subgroup.

    `is_named`: an ambassador may see who came. Raises InvitationGone when it is withdrawn, used up, expired or meant
    for somebody else; NewcomersOnly, SubgroupFull, Banned.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("subgroup", "kind").get(pk=invitation.pk)
    )
    if not invitation.is_open or not is_meant_for(invitation, member):
        raise InvitationGone
    if invitation.subgroup and is_member(member, invitation.subgroup) and not invitation.is_link:
        raise AlreadyIn
    is_enrolled = member.enrolments.on().exists()
    if invitation.is_ambassador and is_enrolled:
        raise NewcomersOnly
    if invitation.kind and not is_enrolled:
        enrol(member=member, kind=invitation.kind, by=invitation.by)
    elif not is_enrolled and not invitation.guest_until:
        raise InvitationGone
    if invitation.subgroup and not is_member(member, invitation.subgroup):
        guest_until = None if is_enrolled else invitation.guest_until
        add_member(subgroup=invitation.subgroup, member=member, by=invitation.by, guest_until=guest_until)
    Invitation.objects.filter(pk=invitation.pk).update(uses=F("uses") + 1)
    if invitation.is_ambassador:
        note_arrival(invitation=invitation, member=member, is_named=is_named)
    record(by=member, act="invitation.accepted", about=invitation, subgroup_id=invitation.subgroup_id)
    _forget_notice(invitation)
    return invitation


def is_meant_for(invitation: Invitation, member: Member) -> bool:
    if invitation.invitee_id:
        return invitation.invitee_id == member.pk
    return not invitation.email or invitation.email == member.email


@transaction.atomic
def decline_invitation(*, invitation: Invitation, member: Member | None, tell_inviter: bool = False) -> None:
    """Say no. Only a count stays, unless the member wants the inviter to know. A link for many just stays open."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open or (invitation.invitee_id and member != invitation.invitee):
        raise InvitationGone
    if invitation.subgroup_id:
        counter, _made = DeclineCount.objects.get_or_create(subgroup_id=invitation.subgroup_id)
        DeclineCount.objects.filter(pk=counter.pk).update(count=F("count") + 1)
    if invitation.is_link:
        return
    _forget_notice(invitation)
    if tell_inviter:
        Invitation.objects.filter(pk=invitation.pk).update(declined_at=timezone.now())
        key = f"invitation-declined:{invitation.pk}"
        context = {"invitation": invitation.pk}
        notify(member_ids=[invitation.by_id], kind="invitation_declined", key=key, context=context)
    else:
        invitation.delete()


@transaction.atomic
def ask_about_invitation(*, invitation: Invitation, text: str, sender: Member | None, email: str = "") -> None:
    """Put a question to who invited. The notice says whom to answer."""
    if not invitation.is_open:
        raise InvitationGone
    notify(
        member_ids=[invitation.by_id],
        kind="invitation_question",
        key=f"invitation-question:{invitation.pk}",
        context={"text": text[:500], "member": sender.pk if sender else None, "email": email or invitation.email},
        dedupe=f"invitation-question:{invitation.pk}:{timezone.now().timestamp()}",
    )


def _forget_notice(invitation: Invitation) -> None:
    if invitation.invitee_id:
        read_notices(member=invitation.invitee, keys=[f"invitation:{invitation.pk}"])
