"""The statutes as a kept setting."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.people.history.kept import KeptSettings, keep
from polls.access import may_run_meetings
from polls.meeting_forms import StatutesForm
from polls.models import Statutes
from polls.services.statutes import answer_statutes


def rows(member):
    return Statutes.objects.all() if may_run_meetings(member) else Statutes.objects.none()


keep(
    KeptSettings(
        "statutes",
        _("What do our statutes say?"),
        rows,
        lambda row, data=None: StatutesForm(data, instance=row),
        lambda row, by, form: answer_statutes(statutes=form.save(commit=False), by=by),
        lambda row: reverse("statutes"),
    )
)
