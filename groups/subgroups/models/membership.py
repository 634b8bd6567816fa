"""Who belongs to a subgroup and in which role."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Dated, Member
from groups.subgroups.models.subgroup import Subgroup
from theme.kept import today


class MembershipQuerySet(models.QuerySet):
    def active(self):
        """Places that hold today; a guest's place ends by itself at midnight of its date."""
        return self.filter(left_at__isnull=True).filter(Q(guest_until__isnull=True) | Q(guest_until__gte=today()))


class Membership(models.Model):
    """A member's place in a subgroup: the record of who belongs. Leaving closes it; coming back makes a new one."""

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="memberships", verbose_name=_("group"))
    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships", verbose_name=_("member"))
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    guest_until = models.DateField(_("guest up to and including"), null=True, blank=True)
    # Closed by a rule of the association, a fee that is not paid: the place and its votes stay, the content waits.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    # A place that a rule gave is taken back by the rule; one that came or went by hand is left as it is.
    by_rule = models.BooleanField(default=False, editable=False)
    left_by_rule = models.BooleanField(default=False, editable=False)
    is_favourite = models.BooleanField(_("favourite"), default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["subgroup", "member"], condition=Q(left_at__isnull=True), name="membership_active_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="membership_leaves_after_joining",
            ),
            models.CheckConstraint(
                condition=Q(left_by_rule=False) | Q(left_at__isnull=False), name="membership_left_by_rule_has_left"
            ),
        ]
        indexes = [models.Index(fields=["member"], condition=Q(left_at__isnull=True), name="membership_mine")]

    def __str__(self):
        return f"{self.member} · {self.subgroup}"


class SubgroupRole(models.TextChoices):
    MANAGER = "manager", _("manager")
    MODERATOR = "moderator", _("moderator")
    GELDCHEF = "geldchef", _("pot treasurer")
    MEMBER = "member", _("member")


class SubgroupRoleGrant(Dated):
    """A role that a member holds in a subgroup beside plain membership (which is not a grant)."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="grants", verbose_name=_("membership"))
    role = models.CharField(_("role"), max_length=12, choices=SubgroupRole)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("role in a group"), _("roles in groups")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["membership", "role"],
                condition=Q(ends_on__isnull=True),
                name="subgroup_role_one_open_per_role",
            ),
            models.CheckConstraint(condition=~Q(role=SubgroupRole.MEMBER), name="subgroup_role_is_more_than_member"),
        ]

    def __str__(self):
        return f"{self.membership} · {self.get_role_display()}"


class RoleGroup(models.Model):
    """The auth group of one role in one subgroup, so that 1,024 members cost places and not permission rows."""

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="role_groups")
    role = models.CharField(max_length=12, choices=SubgroupRole)
    group = models.OneToOneField(Group, models.CASCADE, related_name="role_group")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subgroup", "role"], name="role_group_once")]

    def __str__(self):
        return f"{self.subgroup} · {self.get_role_display()}"
