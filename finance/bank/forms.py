from django import forms
from django.utils.translation import gettext_lazy as _


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
