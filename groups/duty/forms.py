"""What is filled in about turns. Shape only: the rules are in services."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.picking import PersonField, PickingForm, choose_from
from groups.subgroups.access import members_of
from theme.cleantext import PlainTextField

LOCAL = "%Y-%m-%dT%H:%M"
LONGEST = timedelta(days=31)


def _moment(label):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    return forms.DateTimeField(label=label, input_formats=[LOCAL], widget=widget)


class TurnForm(PickingForm):
    member = PersonField(label=_("Who is on duty?"))
    starts_at = _moment(_("From"))
    ends_at = _moment(_("Until"))

    def __init__(self, *args, subgroup, by, **options):
        super().__init__(*args, **options)
        choose_from(self.fields["member"], members_of(subgroup), by)

    def clean(self):
        values = super().clean()
        starts_at, ends_at = values.get("starts_at"), values.get("ends_at")
        if not (starts_at and ends_at):
            return values
        if ends_at <= starts_at:
            self.add_error("ends_at", _("The end is before the beginning."))
        elif ends_at <= timezone.now():
            self.add_error("ends_at", _("Choose a moment in the future."))
        elif ends_at - starts_at > LONGEST:
            self.add_error("ends_at", _("A turn lasts at most a month."))
        return values


class HandoverForm(PickingForm):
    to = PersonField(label=_("Who takes it over?"))

    def __init__(self, *args, turn, by, **options):
        super().__init__(*args, **options)
        choose_from(self.fields["to"], members_of(turn.subgroup).exclude(pk=by.pk), by)


class EmergencyForm(forms.Form):
    text = PlainTextField(
        label=_("What do members do when it cannot wait?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("For example: call 112 first, then the harbour office. Empty: nothing is shown."),
    )
