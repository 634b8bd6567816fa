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

    def __init__(self, *args, report=None, **options):
        super().__init__(*args, **options)
        if report:
            self.fields["kind"].choices = report.possible_acts

    def clean_days(self):
        return self.cleaned_data["days"] or 7


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Report.Outcome.choices, widget=forms.RadioSelect)
    answer = PlainTextField(label=_("Answer to who reported it"), required=False, max_length=1000)


class ReplyForm(forms.Form):
    reply = PlainTextField(label=_("Your answer"), max_length=1000)


class GuideForm(forms.Form):
    """Six questions with which a group finds its guidelines."""

    purpose = PlainTextField(label=_("1. What is this group for?"), max_length=1000)
    belongs = PlainTextField(
        label=_("2. What belongs here, and what does not?"),
        max_length=1000,
        initial=_("News and questions about what we do together. No advertising, and nothing private about others."),
    )
    manners = PlainTextField(
        label=_("3. How do we talk with each other?"),
        max_length=1000,
        initial=_("Friendly, as at the table. We speak to each other, not about each other."),
    )
    hours = PlainTextField(
        label=_("4. When do we write, and when do we leave each other in peace?"),
        max_length=1000,
        initial=_("Write whenever it suits you. Nobody has to answer in the evening or at the weekend."),
    )
    answer_days = forms.IntegerField(
        label=_("5. Within how many days does a question get an answer?"), min_value=1, max_value=90, initial=3
    )
    trouble = PlainTextField(
        label=_("6. What happens when something goes wrong?"),
        max_length=1000,
        initial=_("Say it to the person first. Does that not help, then report the message: a moderator looks at it."),
    )


class GuidelinesForm(forms.Form):
    text = PlainTextField(label=_("Text in Dutch"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 16}))
    text_en = PlainTextField(
        label=_("Text in English"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Left empty, everybody reads the Dutch."),
    )
    takes_effect_on = forms.DateField(
        label=_("Takes effect on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Until then members read beside the present ones what is coming. Left empty, it is today."),
    )
