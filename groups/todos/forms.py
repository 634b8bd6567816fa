"""The shape of a task as a member fills it in."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.picking import choose_from
from groups.subgroups.access import entered_subgroups, members_of
from groups.todos.models import Task

SPANS = [
    ("0", _("At the moment itself")),
    ("60", _("1 hour before")),
    ("1440", _("1 day before")),
    ("10080", _("1 week before")),
]
LOCAL = "%Y-%m-%dT%H:%M"


class QuickTaskForm(forms.Form):
    title = forms.CharField(label=_("What do you have to do?"), max_length=150)


class TaskForm(forms.Form):
    """For a new task (`member`) or an existing one (`task`); a task of a group stays with that group."""

    title = forms.CharField(label=_("What is to be done?"), max_length=150)
    due_at = forms.DateTimeField(
        label=_("Before"),
        required=False,
        input_formats=[LOCAL],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )
    remind_before = forms.MultipleChoiceField(
        label=_("Remind"), required=False, choices=SPANS, widget=forms.CheckboxSelectMultiple
    )
    remind_at = forms.DateTimeField(
        label=_("Or remind at a moment of your own"),
        required=False,
        input_formats=[LOCAL],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
    )
    subgroup = forms.ModelChoiceField(
        label=_("For a group"), queryset=None, required=False, empty_label=_("No, only for me")
    )
    assignee = forms.ModelChoiceField(
        label=_("Who does it"), queryset=None, required=False, empty_label=_("Whoever wants to")
    )
    repeat = forms.ChoiceField(label=_("Repeat"), required=False, choices=Task.Repeat.choices)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, member, subgroup=None, task=None, **kwargs):
        super().__init__(*args, **kwargs)
        group = task.subgroup if task else subgroup
        self.fields["subgroup"].queryset = entered_subgroups(member)
        if task and group:
            del self.fields["subgroup"]
        if group:
            choose_from(self.fields["assignee"], members_of(group), member)
        else:
            del self.fields["assignee"]

    def clean_remind_before(self):
        return [timedelta(minutes=int(minutes)) for minutes in self.cleaned_data["remind_before"]]

    def clean_remind_at(self):
        moment = self.cleaned_data["remind_at"]
        if moment and "remind_at" in self.changed_data and moment < timezone.now():
            raise forms.ValidationError(_("This moment has passed. Choose a later one."))
        return moment
