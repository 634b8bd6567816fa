"""Opening a pot, asking, paying, spending and answering."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from finance.forms import AmountField, DayField
from finance.money import format_cents, split_evenly
from finance.pots.access import looks_after
from finance.pots.models import Pot, RequestEvent
from finance.pots.queries import last_round
from finance.pots.services.instalments import MOST_PARTS
from groups.people.picking import choose_from
from groups.subgroups.access import members_of
from theme.forms import RowsField


class OpenPotForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For example: Summer trip 2027"))
    purpose = forms.CharField(label=_("What is it for?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    goal_cents = AmountField(label=_("Goal"), required=False, help_text=_("Together, for example 2635"))
    deadline = DayField(label=_("Up to and including"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who sees who has paid?"),
        choices=Pot.Visibility.choices,
        initial=Pot.Visibility.TOTALS,
        widget=forms.RadioSelect,
    )
    hidden_from = forms.ModelChoiceField(
        label=_("A surprise for"), queryset=None, required=False, help_text=_("This member sees nothing of the pot.")
    )

    hidden_until = DayField(
        label=_("Appears on"), required=False, help_text=_("Empty: until you say that it is no surprise any more.")
    )

    def __init__(self, *args, subgroup, by, template=None, **kwargs):
        super().__init__(*args, **kwargs)
        if template and template.has_surprise:
            choose_from(self.fields["hidden_from"], members_of(subgroup).exclude(pk=by.pk), by)
        else:
            del self.fields["hidden_from"], self.fields["hidden_until"]


class EventPriceForm(forms.Form):
    pot = forms.ModelChoiceField(
        label=_("Pot"), queryset=None, required=False, empty_label=_("No pot"),
        help_text=_("Pots of this group that you look after."),
    )  # fmt: skip
    each_cents = AmountField(
        label=_("Price per person"), required=False, help_text=_("Empty: only the pot is shown. For example 42.50")
    )

    def __init__(self, *args, pots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pot"].queryset = pots


class AskForm(forms.Form):
    """Who is asked for how much; an amount each, or one sum that is shared evenly."""

    EACH, SHARED, FREE = "each", "shared", "free"
    ALL, CHOSEN = "all", "chosen"

    how = forms.ChoiceField(
        label=_("How?"),
        choices=[
            (EACH, _("Everybody the same amount")),
            (SHARED, _("Share one sum evenly")),
            (FREE, _("Everybody chooses; the amount is a suggestion")),
        ],
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
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, pot: Pot, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.pot, self.initial["seen"] = pot, last_round(pot)
        self.everybody = members_of(pot.subgroup).exclude(pk=pot.surprised_id)
        choose_from(self.fields["members"], self.everybody, by)
        if not self.is_bound:
            self.initial.setdefault("due_on", None if pot.is_over else pot.deadline)

    def asked(self) -> dict:
        values = self.cleaned_data
        amount = "total_cents" if values["how"] == self.SHARED else "each_cents"
        members = self.fields["members"].queryset if values["whom"] == self.ALL else values["members"]
        is_free = values["how"] == self.FREE
        whom = {"members": members, "due_on": values["due_on"], "after_round": values["seen"]}
        return whom | {"is_free": is_free, amount: values["cents"]}

    def look_again(self) -> None:
        """Sent once more after a refusal, it is meant."""
        self.data = self.data.copy()
        self.data["seen"] = last_round(self.pot)


class CashForm(forms.Form):
    cents = AmountField(label=_("Amount"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, help_text=_("For example: at training"))


class RefundForm(forms.Form):
    """How much of an online payment goes back; all of it unless somebody says otherwise."""

    cents = AmountField(label=_("How much goes back?"))
    because = forms.CharField(label=_("Why?"), max_length=200, required=False)

    def __init__(self, *args, attempt, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("cents", attempt.refundable_cents)


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

    def clean_spent_on(self):
        day = self.cleaned_data["spent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Ask for it when it has been spent."))
        return day


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label=_("What is it?"), choices=RequestEvent.Answer.choices, widget=forms.RadioSelect)
    until = DayField(label=_("Until when?"), required=False)
    text = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class AmountForm(forms.Form):
    cents = AmountField(label=_("How much do you want to give?"))


class PledgeForm(forms.Form):
    cents = AmountField(label=_("How much do you promise?"))
    due_on = DayField(label=_("I pay before the end of"), required=False)


class PartsForm(forms.Form):
    """In how many monthly parts; as many as this member may choose."""

    def __init__(self, *args, payment, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = MOST_PARTS if looks_after(by, payment.pot) else self._own_choice(payment, by)
        self.fields["parts"] = forms.TypedChoiceField(
            label=_("In how many parts?"),
            coerce=int,
            choices=[(parts, self._label(payment, parts)) for parts in range(2, self.most + 1)],
            widget=forms.RadioSelect,
        )

    @staticmethod
    def _own_choice(payment, by) -> int:
        return payment.pot.max_parts if payment.party.member_id == by.pk and payment.pot.max_parts > 1 else 0

    @staticmethod
    def _label(payment, parts: int) -> str:
        shares = split_evenly(payment.open_cents, parts)
        language = get_language() or "nl"
        if shares[0] == shares[-1]:
            return _("%(parts)d × %(amount)s") % {"parts": parts, "amount": format_cents(shares[0], language)}
        details = {
            "parts": parts,
            "most": format_cents(shares[0], language),
            "least": format_cents(shares[-1], language),
        }
        return _("%(parts)d parts of %(most)s or %(least)s") % details
