from django import forms
from django.utils.translation import gettext_lazy as _

from finance.forms import AmountField, DayField
from finance.pots.models import Pot, RequestEvent
from groups.subgroups.access import members_of
from theme.forms import RowsField


class OpenPotForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example: Summer trip 2027"))
    purpose = forms.CharField(label=_("What is it for?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    goal_cents = AmountField(label=_("Goal"), required=False, help_text=_("Together, for example 2635"))
    deadline = DayField(label=_("Until"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who sees who has paid?"),
        choices=Pot.Visibility.choices,
        initial=Pot.Visibility.TOTALS,
        widget=forms.RadioSelect,
    )
    hidden_from = forms.ModelChoiceField(
        label=_("A surprise for"), queryset=None, required=False, help_text=_("This member sees nothing of the pot.")
    )

    def __init__(self, *args, subgroup, by, template=None, **kwargs):
        super().__init__(*args, **kwargs)
        if template and template.has_surprise:
            self.fields["hidden_from"].queryset = members_of(subgroup).exclude(pk=by.pk)
            self.fields["hidden_from"].label_from_instance = lambda member: member.display_name
        else:
            del self.fields["hidden_from"]


class AskForm(forms.Form):
    """Who is asked for how much; an amount each, or one sum that is shared evenly."""

    EACH, SHARED = "each", "shared"
    ALL, CHOSEN = "all", "chosen"

    how = forms.ChoiceField(
        label=_("How?"),
        choices=[(EACH, _("Everybody the same amount")), (SHARED, _("Share one sum evenly"))],
        initial=EACH,
        widget=forms.RadioSelect,
    )
    cents = AmountField(label=_("Amount"), help_text=_("For example 42.50"))
    due_on = DayField(label=_("Pay before the end of"))
    whom = forms.ChoiceField(
        label=_("Whom?"),
        choices=[(ALL, _("Everybody in the group")), (CHOSEN, _("Only the people ticked below"))],
        initial=ALL,
        widget=forms.RadioSelect,
    )
    members = RowsField(label=_("People"), queryset=None, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args, pot: Pot, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = members_of(pot.subgroup).exclude(pk=pot.hidden_from_id)
        self.fields["members"].label_from_instance = lambda member: member.display_name
        if not self.is_bound:
            self.initial.setdefault("due_on", pot.deadline)

    def asked(self) -> dict:
        values = self.cleaned_data
        amount = "each_cents" if values["how"] == self.EACH else "total_cents"
        members = self.fields["members"].queryset if values["whom"] == self.ALL else values["members"]
        return {"members": members, "due_on": values["due_on"], amount: values["cents"]}


class CashForm(forms.Form):
    cents = AmountField(label=_("Amount"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("For example: at training"))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class ExpenseForm(forms.Form):
    purpose = forms.CharField(label=_("What was it for?"), max_length=200)
    cents = AmountField(label=_("Amount"))
    spent_on = DayField(label=_("Spent on"))
    receipt = forms.FileField(
        label=_("Photo of the receipt"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf", "capture": ""}),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("What is it?"), choices=RequestEvent.Answer.choices, widget=forms.RadioSelect)
    until = DayField(label=_("Until when?"), required=False)
    text = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class PlanForm(forms.Form):
    DAYS = [
        (-14, _("2 weeks before")),
        (-7, _("1 week before")),
        (-3, _("3 days before")),
        (0, _("on the day itself")),
        (3, _("3 days after")),
        (7, _("1 week after")),
        (14, _("2 weeks after")),
    ]
    days = forms.TypedMultipleChoiceField(
        label=_("When does the pot remind?"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most three times; never who has paid."),
    )
    hour = forms.TypedChoiceField(
        label=_("At what time?"), coerce=int, choices=[(hour, f"{hour}.00") for hour in range(9, 20)]
    )


class SuccessorForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who takes over?"), queryset=None)

    def __init__(self, *args, pot: Pot, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = members_of(pot.subgroup).exclude(pk=by.pk)
        self.fields["to"].label_from_instance = lambda member: member.display_name


class CloseForm(forms.Form):
    surplus = forms.ChoiceField(
        label=_("What happens with what is left?"),
        choices=Pot.Surplus.choices,
        required=False,
        widget=forms.RadioSelect,
    )
