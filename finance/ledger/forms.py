from django import forms
from django.utils.translation import gettext_lazy as _

from finance.forms import DayField


class SignForm(forms.Form):
    until = DayField(label=_("Up to and including"))
    remark = forms.CharField(
        label=_("Remark"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
