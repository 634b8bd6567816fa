"""The ways into a subgroup and out of it: invitations, requests, offers, waiting, removal."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Member, MembershipKind
from groups.subgroups.models.membership import Membership, SubgroupRole
from groups.subgroups.models.subgroup import Subgroup
from theme.kept import now


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Invitations that can still be used: not withdrawn, not declined, not past their date, not used up."""
        return self.filter(
            revoked_at__isnull=True, declined_at__isnull=True, expires_at__gt=now(), uses__lt=F("max_uses")
        )


class Invitation(models.Model):
    """Somebody is asked into a subgroup, or into the association alone when `subgroup` is empty.

    To a member (`invitee`), to an address (`email`), or as a link for whoever holds it. The token itself is only in
    the link: the database keeps its hash.
    """

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, blank=True, related_name="invitations")
    by = models.ForeignKey(Member, models.CASCADE, related_name="invitations_sent")
    invitee = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField(blank=True)
    text = models.TextField(_("personal message"), max_length=500, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.ForeignKey(MembershipKind, models.SET_NULL, null=True, blank=True, related_name="+")
    guest_until = models.DateField(_("guest up to and including"), null=True, blank=True)
    is_ambassador = models.BooleanField(default=False)
    max_uses = models.PositiveSmallIntegerField(default=1)
    uses = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=F("max_uses")), name="invitation_used_at_most"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(invitee__isnull=True) | Q(email="", subgroup__isnull=False, max_uses=1),
                name="invitation_of_a_member_is_personal",
            ),
            models.UniqueConstraint(
                fields=["subgroup", "invitee"],
                condition=Q(uses=0, revoked_at__isnull=True, declined_at__isnull=True, invitee__isnull=False),
                name="invitation_one_open_per_member",
            ),
        ]

    def __str__(self):
        return f"{self.subgroup or '—'} · {self.invitee or self.email or self.max_uses}"

    @property
    def is_open(self) -> bool:
        return (
            self.revoked_at is None
            and self.declined_at is None
            and self.uses < self.max_uses
            and self.expires_at > timezone.now()
        )

    @property
    def is_link(self) -> bool:
        return self.invitee_id is None and not self.email


class Arrival(models.Model):
    """A member came into the association through an ambassador's link. Nobody's name is shown unless they allow it."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="arrivals")
    member = models.ForeignKey(Member, models.CASCADE, related_name="arrivals")
    at = models.DateTimeField(default=timezone.now)
    # What holds now; every answer with its words and time is kept with the permissions (PV-08).
    is_named = models.BooleanField(_("the ambassador sees my name"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("newcomer of an ambassador"), _("newcomers of ambassadors")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["invitation", "member"], name="arrival_once_per_link")]

    def __str__(self):
        return f"{self.member} · {self.invitation_id}"


class InvitationMail(models.Model):
    """That an address was written to about invitations: two numbers, so two mails at most until these rows go."""

    FIRST, LAST = 1, 2

    address = models.EmailField()
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("mail about invitations"), _("mails about invitations")
        constraints = [
            models.UniqueConstraint(fields=["address", "number"], name="invitation_mail_once_per_number"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="invitation_mail_two_at_most"),
        ]

    def __str__(self):
        return f"{self.address} · {self.number}"


class DeclineCount(models.Model):
    """All that stays of declined invitations: how many, per subgroup. Nobody's name."""

    subgroup = models.OneToOneField(Subgroup, models.CASCADE, related_name="declines")
    count = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.subgroup} · {self.count}"


class JoinRequest(models.Model):
    """A member asks to join a subgroup; one manager decides, once."""

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="join_requests")
    member = models.ForeignKey(Member, models.CASCADE, related_name="join_requests")
    text = models.TextField(_("why you want to join"), max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    is_accepted = models.BooleanField(null=True)
    answer = models.TextField(max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("request to join"), _("requests to join")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subgroup", "member"], condition=Q(decided_at__isnull=True), name="join_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_accepted__isnull=True)
                | Q(decided_at__isnull=False, is_accepted__isnull=False),
                name="join_request_decided_with_answer",
            ),
        ]

    def __str__(self):
        return f"{self.member} → {self.subgroup}"


class RoleOffer(models.Model):
    """A role in a subgroup, offered; it gives nothing until the member has said yes."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="offers")
    role = models.CharField(_("role"), max_length=12, choices=SubgroupRole)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("up to and including"), null=True, blank=True)
    replaces = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_accepted = models.BooleanField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("offer of a role"), _("offers of roles")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role"], condition=Q(answered_at__isnull=True), name="role_offer_one_open"
            ),
            models.CheckConstraint(condition=~Q(role=SubgroupRole.MEMBER), name="role_offer_is_more_than_member"),
        ]

    def __str__(self):
        return f"{self.membership} · {self.get_role_display()}"


class WaitingPlace(models.Model):
    """A place in the queue of a full subgroup. A free place is offered to the first for 72 hours."""

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="waiting")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    offered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("place in the queue"), _("places in the queue")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subgroup", "member"], condition=Q(closed_at__isnull=True), name="waiting_once"
            )
        ]

    def __str__(self):
        return f"{self.member} · {self.subgroup}"


class Removal(models.Model):
    """A member was put out of a subgroup, or out of the association when `subgroup` is empty, with the reason.

    The member may answer until `reply_until`. With `banned_until` an open subgroup stays closed for them until then.
    """

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, blank=True, related_name="removals")
    member = models.ForeignKey(Member, models.CASCADE, related_name="removals")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    reply_until = models.DateField()
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    banned_until = models.DateField(_("cannot come back up to and including"), null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("removal"), _("removals")
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="removal_has_a_reason")]

    def __str__(self):
        return f"{self.member} · {self.subgroup or '—'}"


class Departure(models.Model):
    """Why somebody left, without who: only totals of five or more are ever shown."""

    class Reason(models.TextChoices):
        NO_TIME = "no_time", _("No time")
        TOO_MUCH = "too_much", _("Too many messages")
        NOT_FOR_ME = "not_for_me", _("Not what I expected")
        MOVED = "moved", _("I moved or stopped")
        ATMOSPHERE = "atmosphere", _("I do not feel at home")

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="departures")
    reason = models.CharField(max_length=12, choices=Reason)
    month = models.DateField()  # the first of the month: a day would point at a person

    def __str__(self):
        return self.get_reason_display()
