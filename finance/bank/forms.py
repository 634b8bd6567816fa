from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.iban import is_valid as is_valid_iban


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Bank file"),
        help_text=_("camt.053, MT940, or CSV of ING or Rabobank; a zip with several files is fine too."),
        widget=forms.FileInput(attrs={"accept": ".xml,.zip,.sta,.940,.mt940,.swi,.txt,.csv,.asc"}),
    )


class AssignForm(forms.Form):
    """The choice of one payable, as `kind:id`."""

    payable = forms.RegexField(r"^[a-z]+:\d+$")

    def choice(self) -> dict:
        kind, _sign, payable_id = self.cleaned_data["payable"].partition(":")
        return {"kind": kind, "payable_id": int(payable_id)}


class SavingsForm(forms.Form):
    """A savings account beside the one that members pay to."""

    holder = forms.CharField(label=_("Account holder"), max_length=70, help_text=_("Exactly as the bank knows it"))
    iban = forms.CharField(label=_("Account number (IBAN)"), max_length=42)

    def clean_iban(self):
        iban = self.cleaned_data["iban"].replace(" ", "").upper()
        if not is_valid_iban(iban):
            raise forms.ValidationError(_("This is not a right account number. Check it with your bank card."))
        return iban


class BankAccountForm(SavingsForm):
    """The association's account, as it stands on payment requests and in codes."""

    bic = forms.CharField(label=_("BIC"), max_length=11, required=False)

    def clean_bic(self):
        return self.cleaned_data["bic"].replace(" ", "").upper()
