from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.privacy.models import Breach, DeviceLoss, Erasure, LegalHold, PrivacyRequest
from groups.people.models import kept_from
from groups.subgroups.models import Subgroup
from theme.forms import RowsField
from theme.personal_data import all_personal_data
from theme.retention import retention_rules

MOMENT = "%Y-%m-%dT%H:%M"  # as the device's own clock and calendar sends it


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


class DaysForm(forms.Form):
    """Only how long; of what is known."""

    days = forms.IntegerField(
        label=_("Keep for how many days"),
        min_value=1,
        max_value=36_500,
        required=False,
        help_text=_("Leave empty to keep it until somebody chooses a term."),
    )


class TermForm(DaysForm):
    rule = forms.ChoiceField(label=_("What"))
    subgroup = forms.ModelChoiceField(Subgroup.objects.none(), label=_("Only in this group"), required=False)
    field_order = ("rule", "subgroup", "days")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [(rule.code, rule.label) for rule in retention_rules()]
        self.fields["subgroup"].queryset = Subgroup.objects.exclude(kept_from(by)).order_by("name")


class HoldForm(forms.ModelForm):
    class Meta:
        model = LegalHold
        fields = ["subgroup", "reason"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subgroup"].queryset = Subgroup.objects.exclude(kept_from(by))


class BreachForm(forms.Form):
    title = forms.CharField(label=_("What is it, in a few words?"), max_length=120)
    story = forms.CharField(label=_("What happened?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    discovered_at = forms.DateTimeField(
        label=_("When was it discovered?"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT], help_text=_("The 72 hours count from here."),
    )  # fmt: skip
    subgroups = RowsField(
        Subgroup.objects.none(), label=_("Which groups did it reach?"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("With a lost device and no choice: the groups of its member."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(label=_("Which kinds of data?"), widget=forms.CheckboxSelectMultiple)
    loss = forms.ModelChoiceField(
        DeviceLoss.objects.none(), label=_("Lost device"), required=False, empty_label=_("No device")
    )

    def __init__(self, *args, losses, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subgroups"].queryset = Subgroup.objects.active().exclude(kept_from(by)).order_by("name")
        self.fields["kinds"].choices = [(data.model, data.label) for data in all_personal_data()]
        self.fields["loss"].queryset = losses

    def clean_discovered_at(self):
        moment = self.cleaned_data["discovered_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("This moment is still to come."))
        return moment


class BreachTextsForm(forms.ModelForm):
    class Meta:
        model = Breach
        fields = (
            *("notice_nl", "notice_en", "report_nl", "report_en"),
            *("reported_at", "not_reported_because", "told_at"),
        )
        widgets = {
            **{
                name: forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
                for name in ("reported_at", "told_at")
            },
            **{f"notice_{language}": forms.Textarea(attrs={"rows": 9}) for language in ("nl", "en")},
            **{f"report_{language}": forms.Textarea(attrs={"rows": 9}) for language in ("nl", "en")},
            "not_reported_because": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("reported_at", "told_at"):
            self.fields[name].input_formats = [MOMENT]
