from django import forms
from django.utils.translation import gettext_lazy as _

from community.privacy.models import Erasure, LegalHold, PrivacyRequest
from groups.subgroups.models import Subgroup
from theme.retention import retention_rules


class ErasureForm(forms.Form):
    """The member types a sentence, so that no finger slips into it."""

    posts = forms.ChoiceField(label=_("What you wrote"), choices=Erasure.Posts, widget=forms.RadioSelect)
    typed = forms.CharField(label=_("Type: erase my account"), max_length=60)

    def clean_typed(self):
        if self.cleaned_data["typed"].strip().casefold() != str(_("erase my account")).casefold():
            raise forms.ValidationError(_("Type exactly: erase my account"))
        return ""

    def clean(self):
        return {"posts": self.cleaned_data.get("posts")}


class RequestForm(forms.ModelForm):
    class Meta:
        model = PrivacyRequest
        fields = ["kind", "asked_by", "question", "received_on"]
        widgets = {"received_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class AnswerForm(forms.ModelForm):
    class Meta:
        model = PrivacyRequest
        fields = ["answer"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True


class TermForm(forms.Form):
    rule = forms.ChoiceField(label=_("What"))
    subgroup = forms.ModelChoiceField(Subgroup.objects.none(), label=_("Only in this group"), required=False)
    days = forms.IntegerField(
        label=_("Keep for how many days"),
        min_value=1,
        max_value=36_500,
        required=False,
        help_text=_("Leave empty to keep it until somebody chooses a term."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(rule.code, rule.label) for rule in retention_rules()]
        self.fields["subgroup"].queryset = Subgroup.objects.order_by("name")


class HoldForm(forms.ModelForm):
    class Meta:
        model = LegalHold
        fields = ["subgroup", "reason"]
