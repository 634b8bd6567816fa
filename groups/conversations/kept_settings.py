"""How talking goes in a group, as a kept setting."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.conversations.forms import RulesForm
from groups.conversations.models import TalkRules
from groups.conversations.services import set_rules
from groups.people.history.kept import KeptSettings, keep
from groups.subgroups.access import managed_subgroups


def rules_of(subgroup) -> TalkRules:
    return TalkRules.objects.filter(subgroup=subgroup).first() or TalkRules(subgroup=subgroup)


keep(
    KeptSettings(
        "talk",
        _("Rules for talking"),
        lambda member: managed_subgroups(member).order_by("name"),
        lambda row, data=None: RulesForm(data, instance=rules_of(row)),
        lambda row, by, form: set_rules(rules=rules_of(row), by=by, **form.cleaned_data),
        lambda row: reverse("talk-rules", args=[row.slug]),
        weighs=False,
    )
)
