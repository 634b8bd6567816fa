"""Fields that the money forms share."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from finance.money import parse_amount, typed_cents
from theme.errors import Refusal


class AmountField(forms.CharField):
    """A typed amount, as cents."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """What is stored are cents; what was typed stays as it was typed."""
        return typed_cents(value, get_language() or "nl") if isinstance(value, int) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_amount(text, get_language() or "nl")
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


# Outside these years somebody mistyped, and reckoning with months or reminders would run off the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2199


class DayField(forms.DateField):
    """A day, picked with the device's own calendar."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y"])
        kwargs.setdefault("error_messages", {"invalid": _("Fill in a day, for example 28-11-2026.")})
        super().__init__(**kwargs)

    def to_python(self, value):
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
