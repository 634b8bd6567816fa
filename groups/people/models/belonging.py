"""How members belong to the association, in which periods and roles."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.member import Member
from theme.kept import today


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `starts_on` up to and including `ends_on` (empty: no end), in Amsterdam dates."""

    def on(self, day=None):
        day = today() if day is None else day
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class Dated(models.Model):
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("up to and including"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(class)s_ends_after_start",
            )
        ]

    @property
    def holds_now(self) -> bool:
        day = timezone.localdate()
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class MembershipKind(models.Model):
    """A way to belong to the association: full, youth, supporting …"""

    name = models.CharField(_("name"), max_length=60, unique=True)
    may_vote = models.BooleanField(_("may vote"), default=True)
    is_for_minors = models.BooleanField(
        _("for members under 18"),
        default=False,
        help_text=_("Adults outside their groups cannot write to them in private."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("kind of membership"), _("kinds of membership")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Enrolment(Dated):
    """A period in which a member belongs to the association; who leaves and comes back has two."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="enrolments", verbose_name=_("member"))
    kind = models.ForeignKey(MembershipKind, models.PROTECT, related_name="enrolments", verbose_name=_("kind"))

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("enrolment"), _("enrolments")
        ordering = ["starts_on"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["member"], condition=Q(ends_on__isnull=True), name="enrolment_one_open_per_member"
            ),
        ]

    def __str__(self):
        return f"{self.member} · {self.kind}"


class AssociationRole(models.TextChoices):
    """The roles of the association as a whole; the roles inside a subgroup are in groups.subgroups."""

    COMMUNITY_MANAGER = "community_manager", _("community manager")
    BOARD = "board", _("board member")
    TREASURER = "treasurer", _("treasurer")
    AUDITOR = "auditor", _("auditor")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    MODERATOR = "moderator", _("moderator")


class RoleGrant(Dated):
    """Somebody gave a member a role of the association; past `ends_on` it gives nothing."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="role_grants", verbose_name=_("member"))
    role = models.CharField(_("role"), max_length=20, choices=AssociationRole)
    granted_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now, editable=False)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("role of the association"), _("roles of the association")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "role"], condition=Q(ends_on__isnull=True), name="role_grant_one_open_per_role"
            ),
        ]

    def __str__(self):
        return f"{self.member} · {self.get_role_display()}"
