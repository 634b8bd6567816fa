"""How subgroups come and go: proposals, old addresses, and the subgroups that new members are in from the start."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Member, MembershipKind
from groups.subgroups.models.subgroup import Subgroup


class Proposal(models.Model):
    """A member would like a new subgroup; a community manager decides."""

    name = models.CharField(_("name"), max_length=60)
    description = models.TextField(_("description"), max_length=1000)
    kind = models.CharField(_("kind"), max_length=20, choices=Subgroup.Kind, default=Subgroup.Kind.INTEREST)
    by = models.ForeignKey(Member, models.CASCADE, related_name="proposals")
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(max_length=500, blank=True)
    subgroup = models.OneToOneField(Subgroup, models.SET_NULL, null=True, blank=True, related_name="proposal")

    class Meta:
        verbose_name, verbose_name_plural = _("proposal for a group"), _("proposals for groups")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subgroup__isnull=True) | Q(decided_at__isnull=False), name="proposal_made_when_decided"
            )
        ]

    def __str__(self):
        return self.name


class FormerAddress(models.Model):
    """An address that a subgroup had before, or that of a subgroup that went up in it: old links keep opening."""

    slug = models.SlugField(max_length=60, unique=True)
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="former_addresses")

    class Meta:
        verbose_name, verbose_name_plural = _("former address"), _("former addresses")

    def __str__(self):
        return self.slug


class DefaultSubgroup(models.Model):
    """Who is in a subgroup without a hand act: everybody, one kind of membership, or the members of one branch.

    A member who left by hand is not put back.
    """

    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="default_rules", verbose_name=_("group"))
    kind = models.ForeignKey(
        MembershipKind, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("kind of membership")
    )
    branch = models.ForeignKey(
        Subgroup, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("members of branch")
    )

    fills_itself = models.BooleanField(
        _("keeps itself filled"),
        default=False,
        help_text=_(
            "Present members come in too, and who no longer fits goes out. Who came or went by hand stays as they are."
        ),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("default group"), _("default groups")
        constraints = [
            models.UniqueConstraint(
                F("subgroup"), Coalesce(F("kind"), 0), Coalesce(F("branch"), 0), name="default_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(branch__isnull=True) | ~Q(branch=F("subgroup")), name="default_rule_not_of_itself"
            ),
        ]

    def __str__(self):
        return str(self.subgroup)
