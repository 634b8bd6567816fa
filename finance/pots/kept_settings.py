"""The settings of a pot whose changes are kept: who sees what, paying in parts, and the plan of its reminders."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance.pots.access import looked_after_pots
from finance.pots.forms import PlanForm, SettingsForm
from finance.pots.services import change_settings, plan_reminders
from groups.people.history.kept import KeptSettings, keep


def page(pot) -> str:
    return reverse("manage-pot", args=[pot.pk])


keep(
    KeptSettings(
        "pot",
        _("Settings of a pot"),
        looked_after_pots,
        lambda row, data=None: SettingsForm(data, pot=row, by=None),
        lambda row, by, form: change_settings(pot=row, by=by, **form.cleaned_data),
        page,
    )
)
keep(
    KeptSettings(
        "pot-reminders",
        _("Reminders of a pot"),
        looked_after_pots,
        lambda row, data=None: PlanForm(data, pot=row, by=None),
        lambda row, by, form: plan_reminders(pot=row, by=by, **form.cleaned_data),
        page,
        weighs=False,
    )
)
