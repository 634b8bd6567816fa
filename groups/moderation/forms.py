from django import forms
from django.utils.translation import gettext_lazy as _

from groups.moderation.models import Act, Report
from theme.cleantext import PlainTextField


class ReportForm(forms.Form):
    category = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Category.choices, widget=forms.RadioSelect)
    explanation = PlainTextField(label=_("Explanation"), required=False, max_length=1000)


class ActForm(forms.Form):
    kind = forms.ChoiceField(label=_("What do you do?"), choices=Act.Kind.choices, widget=forms.RadioSelect)
    reason = PlainTextField(label=_("Reason, for the member to read"), max_length=1000)
    days = forms.IntegerField(label=_("Days without posting"), min_value=1, max_value=90, initial=7, required=False)

    def clean_days(self):
        return self.cleaned_data["days"] or 7


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Report.Outcome.choices, widget=forms.RadioSelect)
    answer = PlainTextField(label=_("Answer to who reported it"), required=False, max_length=1000)


class ReplyForm(forms.Form):
    reply = PlainTextField(label=_("Your answer"), max_length=1000)


class GuidelinesForm(forms.Form):
    text = PlainTextField(label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 16}))
