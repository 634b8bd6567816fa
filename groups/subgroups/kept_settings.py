"""The settings of a group whose changes are kept: what it is, how one joins, its parts and what each role may do."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.people.history.kept import KeptSettings, keep
from groups.people.kept_settings import keep_admin_list
from groups.subgroups.access import SWITCHABLE, known_default_rules, managed_subgroups, rights_of_roles
from groups.subgroups.forms import SubgroupForm
from groups.subgroups.models import DefaultSubgroup, SubgroupRole
from groups.subgroups.modules import MODULES
from groups.subgroups.rights import RIGHT_LABELS
from groups.subgroups.services import change_subgroup, switch_module, switch_right

DEFAULT_GROUP = ("subgroup", "kind", "branch", "fills_itself")
ROLES = [role for role in SubgroupRole if role != SubgroupRole.MANAGER]


class KeptSubgroupForm(SubgroupForm):
    """What the pages Settings and Rights of a group's desk hold together."""

    modules = forms.MultipleChoiceField(label=_("parts that are switched on"), choices=MODULES, required=False)
    rights = forms.MultipleChoiceField(
        label=_("Rights of the roles"),
        choices=[(f"{role}:{right}", f"{role.label}: {RIGHT_LABELS[right]}") for role in ROLES for right in SWITCHABLE],
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["modules"], self.initial["rights"] = self.instance.modules, rights_held(self.instance)


def rights_held(subgroup) -> list[str]:
    table = rights_of_roles(subgroup, ROLES)
    return sorted(f"{role}:{right}" for right, cells in table for role, is_on in cells if is_on)


def change(*, row, by, form):
    """Each part by the service that its own page uses."""
    wanted = dict(form.cleaned_data)
    modules, rights = set(wanted.pop("modules")), set(wanted.pop("rights"))
    for module in sorted(modules ^ set(row.modules)):
        switch_module(subgroup=row, module=module, on=module in modules, by=by)
    for switch in sorted(rights ^ set(rights_held(row))):
        role, _sep, right = switch.partition(":")
        switch_right(subgroup=row, role=role, right=right, on=switch in rights, by=by)
    return change_subgroup(subgroup=row, by=by, **wanted)


keep(
    KeptSettings(
        "subgroup",
        _("Settings of a group"),
        lambda member: managed_subgroups(member).order_by("name"),
        lambda row, data=None: KeptSubgroupForm(data, instance=row),
        change,
        lambda row: reverse("desk-settings", args=[row.slug]),
    )
)
keep_admin_list(
    "default-group", _("Groups one is in from the start"), DefaultSubgroup, DEFAULT_GROUP, "defaultsubgroup", True,
    known_default_rules,
)  # fmt: skip
