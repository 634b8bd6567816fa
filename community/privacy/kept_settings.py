"""The terms of keeping as kept settings: one per kind of data, and one more where a group chose its own."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.privacy.access import may_keep_registers
from community.privacy.forms import TermForm
from community.privacy.models import RetentionTerm
from community.privacy.retention import TermPlace, set_term, term_of
from groups.people.history.kept import KeptSettings, keep
from groups.subgroups.models import Subgroup
from theme.retention import retention_rule, retention_rules


class DaysForm(TermForm):
    """Only how long; of what is known."""

    def __init__(self, data, *, place: TermPlace):
        super().__init__(data, initial={"days": term_of(place.rule, place.subgroup_id)})
        del self.fields["rule"], self.fields["subgroup"]


def places(member) -> list[TermPlace]:
    if not may_keep_registers(member):
        return []
    own = RetentionTerm.objects.filter(subgroup__isnull=False).order_by().values_list("rule", "subgroup").distinct()
    groups = Subgroup.objects.in_bulk({subgroup for _rule, subgroup in own})
    known = {rule.code for rule in retention_rules()}
    chosen = [TermPlace(retention_rule(rule), groups[subgroup]) for rule, subgroup in sorted(own) if rule in known]
    return [*(TermPlace(rule) for rule in retention_rules()), *chosen]


keep(
    KeptSettings(
        "retention",
        _("How long we keep things"),
        places,
        lambda row, data=None: DaysForm(data, place=row),
        lambda row, by, form: set_term(by=by, rule=row.rule, subgroup=row.subgroup, **form.cleaned_data),
        lambda row: reverse("privacy-retention"),
    )
)
