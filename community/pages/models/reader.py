"""For whom a page is: fields that announcements, news and pages share."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from community.pages.audience import Audience, Scope
from community.pages.fields import CodesField
from groups.people.models import AssociationRole, Interest, MembershipKind
from groups.subgroups.models import Subgroup


def kind_choices():
    return [(str(pk), name) for pk, name in MembershipKind.objects.values_list("pk", "name")]


def role_choices():
    return AssociationRole.choices


def interest_choices():
    return [(str(pk), name) for pk, name in Interest.objects.values_list("pk", "name")]


class ForReaders(models.Model):
    scope = models.CharField(_("for whom"), max_length=8, choices=Scope, default=Scope.EVERYONE)
    subgroups = ParentalManyToManyField(
        Subgroup, blank=True, verbose_name=_("groups"), limit_choices_to={"archived_at__isnull": True}
    )
    kinds = CodesField(_("only these kinds of membership"), pick_from=kind_choices)
    roles = CodesField(_("only who has this role"), pick_from=role_choices)

    interests = CodesField(_("only who has this interest"), pick_from=interest_choices)
    words = models.TextField(blank=True, editable=False, help_text="What search looks in; written at publishing")

    reader_panels = [
        MultiFieldPanel(
            [
                FieldPanel("scope"),
                FieldPanel(
                    "subgroups",
                    help_text=_("News for everybody about a branch also stands on the page of that branch."),
                ),
                FieldPanel("kinds"),
                FieldPanel("roles"),
                FieldPanel("interests"),
            ],
            heading=_("For whom"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def audience(self) -> Audience:
        groups = tuple(self.subgroups.values_list("pk", flat=True)) if self.scope == Scope.GROUPS else ()
        return Audience(self.scope, groups, tuple(self.kinds), tuple(self.roles), tuple(self.interests))
