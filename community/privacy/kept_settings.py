"""The terms of keeping as kept settings: one per kind of data, and one more where a group chose its own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.privacy.access import may_keep_registers
from community.privacy.forms import DaysForm
from community.privacy.models import RetentionTerm
from community.privacy.retention import TermPlace, set_term, term_of
from groups.people.history.kept import KeptSettings, keep
from groups.people.models import kept_from
from groups.subgroups.models import Subgroup
from theme.retention import retention_rule, retention_rules


def places(member) -> list[TermPlace]:
    if not may_keep_registers(member):
        return []
    own = RetentionTerm.objects.filter(subgroup__isnull=False).order_by().values_list("rule", "subgroup").distinct()
    known_groups = Subgroup.objects.exclude(kept_from(member))
    groups = known_groups.in_bulk({subgroup for _rule, subgroup in own})
    known = {rule.code for rule in retention_rules()}
    chosen = [
        TermPlace(retention_rule(rule), groups[subgroup])
        for rule, subgroup in sorted(own)
        if rule in known and subgroup in groups
    ]
    return [*(TermPlace(rule) for rule in retention_rules()), *chosen]


keep(
    KeptSettings(
        "retention",
        _("How long we keep things"),
        places,
        lambda row, data=None: DaysForm(data, initial={"days": term_of(row.rule, row.subgroup_id)}),
        lambda row, by, form: set_term(by=by, rule=row.rule, subgroup=row.subgroup, **form.cleaned_data),
        lambda row: reverse("privacy-retention"),
    )
)
