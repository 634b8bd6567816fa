"""Whether announcements of a group are looked at first, as a kept setting."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.pages.access import may_approve
from community.pages.forms import EditorialRuleForm
from community.pages.models import EditorialRule
from community.pages.services.approving import set_rule
from groups.people.history.kept import KeptSettings, keep
from groups.subgroups.access import managed_subgroups


class OneRuleForm(EditorialRuleForm):
    """The rule of one group; which one is known."""

    def __init__(self, *args, subgroup, **kwargs):
        mode = EditorialRule.objects.filter(subgroup=subgroup).values_list("mode", flat=True).first() or ""
        super().__init__(*args, groups=managed_subgroups_of(subgroup), initial={"mode": mode}, **kwargs)
        del self.fields["subgroup"]


def managed_subgroups_of(subgroup):
    return type(subgroup).objects.filter(pk=subgroup.pk)


def rows(member):
    groups = managed_subgroups(member).order_by("name")
    return groups if may_approve(member) else groups.none()


def form(row, data=None) -> forms.Form:
    return OneRuleForm(data, subgroup=row)


keep(
    KeptSettings(
        "announcements-first",
        _("Announcements that are looked at first"),
        rows,
        form,
        lambda row, by, form: set_rule(subgroup=row, by=by, **form.cleaned_data),
        lambda row: reverse("editorial-rules"),
    )
)
