"""The settings of the fees whose changes are kept: plans, direct debit, and who may enter a group."""

from django.forms import model_to_dict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.fees.access import conditioned_subgroups, manages_fees, visible_plans
from finance.fees.debit_forms import DebitSettingsForm
from finance.fees.forms import ConditionForm, PlanForm
from finance.fees.models import Condition, DebitSettings
from finance.fees.services import save_debit_settings, save_plan, set_condition
from groups.people.history.kept import KeptSettings, keep


def plans(member):
    return visible_plans(member).order_by("pk") if manages_fees(member) else visible_plans(member).none()


def debit_rows(member):
    return DebitSettings.objects.all() if manages_fees(member) else DebitSettings.objects.none()


def condition_form(subgroup, data=None) -> ConditionForm:
    standing = Condition.objects.filter(subgroup=subgroup).first()
    kinds = list(standing.kinds.values_list("pk", flat=True)) if standing else []
    return ConditionForm(
        data, initial={"needs_paid_fee": bool(standing and standing.needs_paid_fee), "kinds": sorted(kinds)}
    )


keep(
    KeptSettings(
        "fee-plan",
        _("Plans of the fees"),
        plans,
        lambda row, data=None: PlanForm(data, instance=row),
        lambda row, by, form: save_plan(by=by, plan=row, **form.cleaned_data),
        lambda row: reverse("fee-plan", args=[row.pk]),
    )
)
keep(
    KeptSettings(
        "direct-debit",
        _("Settings of direct debit"),
        debit_rows,
        lambda row, data=None: DebitSettingsForm(data, initial=model_to_dict(row)),
        lambda row, by, form: save_debit_settings(by=by, **form.cleaned_data),
        lambda row: reverse("fee-debit-settings"),
    )
)
keep(
    KeptSettings(
        "fee-condition",
        _("Who may enter a group"),
        conditioned_subgroups,
        condition_form,
        lambda row, by, form: set_condition(subgroup=row, by=by, **form.cleaned_data),
        lambda row: reverse("fee-condition", args=[row.slug]),
    )
)
