from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.forms import ThreadForm
from groups.people.models import Interest
from groups.topics.models import Argument, Topic
from groups.topics.services.deciding import STATES
from theme.cleantext import PlainTextField

A_YEAR = timedelta(days=366)
TITLES = {
    Topic.Kind.PROPOSITION: (_("Proposition, in one sentence"), _("Why do you put it forward?")),
    Topic.Kind.SUGGESTION: (_("What do you suggest?"), _("What would it bring?")),
    Topic.Kind.ASK: (_("What do you need help with?"), _("Tell a little more: what, when, how long?")),
    Topic.Kind.OFFER: (_("What do you offer?"), _("Tell a little more: what, when, for whom?")),
    Topic.Kind.FEEDBACK: (_("On what do you want feedback?"), _("What do you doubt about, and where can people look?")),
    Topic.Kind.QUESTION: (_("Your question, in one sentence"), _("What should who answers know?")),
}


def _date_input():
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class TopicForm(ThreadForm):
    """A discussion of a kind; only the fields that belong to the kind are there."""

    closes_on = forms.DateField(
        label=_("Open up to and including"),
        required=False,
        widget=_date_input(),
        help_text=_("After that day nobody can change where they stand."),
    )
    interest = forms.ModelChoiceField(
        Interest.objects.all(),
        label=_("What is it about?"),
        required=False,
        empty_label=_("Something else"),
        help_text=_("Members who are good at this and want to hear of it get a notice."),
    )

    def __init__(self, *args, kind, **options):
        super().__init__(*args, **options)
        self.fields["title"].label, self.fields["text"].label = TITLES[kind]
        if kind != Topic.Kind.PROPOSITION:
            del self.fields["closes_on"]
        if kind not in (Topic.Kind.ASK, Topic.Kind.OFFER):
            del self.fields["interest"]
        elif kind == Topic.Kind.OFFER:
            self.fields["interest"].help_text = ""

    def clean_closes_on(self):
        return _ahead(self.cleaned_data["closes_on"])


def _ahead(day):
    today = timezone.localdate()
    if day and not today <= day <= today + A_YEAR:
        raise forms.ValidationError(_("Choose a day from today up to a year ahead."))
    return day


class WhereForm(forms.Form):
    """What to start, and in which of the groups where the member may."""

    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=[(Topic.Kind.ASK, _("Ask for help")), (Topic.Kind.OFFER, _("Offer something"))],
        widget=forms.RadioSelect,
    )
    subgroup = forms.ModelChoiceField(
        None, label=_("In which group?"), empty_label=None, help_text=_("Its members read it, and nobody else does.")
    )

    def __init__(self, *args, subgroups, **options):
        super().__init__(*args, **options)
        self.fields["subgroup"].queryset = subgroups
        self.initial.setdefault("kind", Topic.Kind.ASK)


class StanceForm(forms.Form):
    value = forms.IntegerField(min_value=1, max_value=5)


class ArgumentForm(forms.Form):
    side = forms.ChoiceField(label=_("Side"), choices=Argument.Side.choices, widget=forms.RadioSelect)
    text = PlainTextField(one_line=True, label=_("Your argument, in one sentence"), max_length=300)


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("What happens with it?"))
    reason = PlainTextField(
        label=_("Reason"), required=False, max_length=1000, help_text=_("With a no it is needed; all can read it.")
    )

    def __init__(self, *args, kind, **options):
        super().__init__(*args, **options)
        self.fields["state"].choices = [(state, Topic.State(state).label) for state in STATES[kind]]


class NoteForm(forms.Form):
    text = PlainTextField(label=_("Note for who answers"), max_length=2000, help_text=_("Members never see this."))


class DueForm(forms.Form):
    due_on = forms.DateField(label=_("Answer before the end of"), widget=_date_input())

    def clean_due_on(self):
        return _ahead(self.cleaned_data["due_on"])
