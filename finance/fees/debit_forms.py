"""The forms of direct debit: shapes of input only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.eu import at_02
from stdnum.exceptions import ValidationError

from finance.bank.models import BankAccount
from finance.fees.models import DebitSettings
from finance.forms import DayField


class OwnMandateForm(forms.Form):
    holder = forms.CharField(label=_("Account holder"), max_length=70)
    iban = forms.CharField(label=_("Account number (IBAN)"), max_length=42)
    agrees = forms.BooleanField(
        label=_("I allow the association to collect my membership fee from this account"),
        help_text=_("You hear the amount and the day beforehand, and your bank can pay it back within eight weeks."),
    )

    def clean(self):
        values = super().clean()
        values.pop("agrees", None)
        return values


class PaperMandateForm(forms.Form):
    holder = forms.CharField(label=_("Account holder"), max_length=70)
    iban = forms.CharField(label=_("Account number (IBAN)"), max_length=42)
    reference = forms.RegexField(
        r"^[A-Za-z0-9+?/:().,' -]{1,35}$",
        label=_("Mandate reference"),
        required=False,
        help_text=_("As it stands on the paper; empty for a new one."),
    )
    signed_on = DayField(label=_("Signed on"))

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day and (day > timezone.localdate() or day.year < 2000):
            raise forms.ValidationError(_("Choose a day in the past."))
        return day


def clean_creditor_id(text: str) -> str:
    """In one piece and with the right check digits, or the bank would refuse the whole file."""
    try:
        return at_02.validate(text)
    except ValidationError as wrong:
        raise forms.ValidationError(_("Take it over from your bank, for example NL69ZZZ123456780000.")) from wrong


class DebitSettingsForm(forms.Form):
    creditor_id = forms.CharField(
        label=_("Creditor identifier (incassant-ID)"), max_length=50, help_text=_("For example NL69ZZZ123456780000")
    )
    bank_account = forms.ModelChoiceField(
        label=_("Account"), queryset=BankAccount.objects.filter(left_at=None, sort="current")
    )
    notice_days = forms.IntegerField(
        label=_("Days between the message and the collection"), min_value=1, max_value=60, initial=14,
        help_text=_("Fourteen, unless your terms say otherwise."),
    )  # fmt: skip
    format = forms.ChoiceField(label=_("Format of the file"), choices=DebitSettings._meta.get_field("format").choices)

    def clean_creditor_id(self):
        return clean_creditor_id(self.cleaned_data["creditor_id"])


class BatchForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    due_until = DayField(label=_("Everything that is due up to and including"))
    collect_on = DayField(label=_("Collected on"))


class TakeOverForm(forms.Form):
    file = forms.FileField(label=_("File"))
    only_look = forms.BooleanField(label=_("Only look, keep nothing"), required=False, initial=True)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > 20 * 1024 * 1024:
            raise forms.ValidationError(_("This file is larger than 20 MB. Split it into parts."))
        return file
