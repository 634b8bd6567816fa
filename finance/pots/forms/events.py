from django import forms
from django.utils.translation import gettext_lazy as _

from finance.forms import AmountField, DayField


class EventPriceForm(forms.Form):
    pot = forms.ModelChoiceField(
        label=_("Pot"), queryset=None, required=False, empty_label=_("No pot"),
        help_text=_("Pots of this group that you look after."),
    )  # fmt: skip
    each_cents = AmountField(
        label=_("Price per person"), required=False, help_text=_("Empty: only the pot is shown. For example 42.50")
    )

    refund_until = DayField(
        label=_("Money back for who cancels up to and including"),
        required=False,
        help_text=_("Then it is noted to be paid back by itself. Afterwards, or empty: the pot treasurer decides."),
    )

    def __init__(self, *args, pots, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pot"].queryset = pots
