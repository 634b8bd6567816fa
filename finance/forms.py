"""Fields that the money forms share."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from finance.money import parse_amount
from theme.errors import Refusal


class AmountField(forms.CharField):
    """A typed amount, as cents."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text, get_language() or "nl")
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class DayField(forms.DateField):
    """A day, picked with the device's own calendar."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y"])
        kwargs.setdefault("error_messages", {"invalid": _("Fill in a day, for example 28-11-2026.")})
        super().__init__(**kwargs)
