"""Forms of surveys."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from polls.forms.fields import LinesField, number
from polls.forms.poll import PollForm
from polls.models import Secrecy, SurveyQuestion
from polls.survey_templates import TEMPLATES


class SurveyForm(PollForm):
    template = forms.ChoiceField(
        label=_("Start from"),
        choices=[("", _("An empty survey")), *((code, label) for code, (label, _make) in TEMPLATES.items())],
        required=False,
        widget=forms.RadioSelect,
    )
    secrecy = forms.ChoiceField(
        label=_("With or without names?"),
        choices=[
            (Secrecy.SECRET, _("Anonymous: answers are sealed and counted per question")),
            (Secrecy.OPEN, _("With names: whoever made the survey sees who answered what")),
        ],
        initial=Secrecy.SECRET,
        widget=forms.RadioSelect,
    )
    links = number(
        _("One-time links for people without an account"), 0, 500, 0, help_text=_("You get them once it is open.")
    )
    LEFT_OUT = ("options", "may_change")
    field_order = ["question", "explanation", "template", "secrecy", "links"]

    def making(self):
        making = super().making()
        return {**making, "rules": replace(making["rules"], may_change=False)}


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Question"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=SurveyQuestion.Kind.choices)
    options = LinesField(label=_("Options"), required=False, help_text=_("One per line, where one chooses."))
    section = forms.CharField(label=_("Section"), max_length=120, required=False)
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    depends_on = forms.IntegerField(label=_("Ask only after question number"), required=False, min_value=1)
    depends_answer = forms.CharField(
        label=_("when it was answered with"),
        max_length=20,
        required=False,
        help_text=_("yes, no, or the number of the option"),
    )

    def clean(self):
        cleaned = super().clean()
        needs = cleaned.get("kind") in (SurveyQuestion.Kind.SINGLE, SurveyQuestion.Kind.MULTIPLE)
        if needs and len(cleaned.get("options") or []) < 2:
            self.add_error("options", _("Write at least two options."))
        if bool(cleaned.get("depends_on")) != bool(cleaned.get("depends_answer")):
            self.add_error("depends_answer", _("Fill in both the question and its answer, or neither."))
        return cleaned

    def question(self) -> dict:
        values = dict(self.cleaned_data)
        depends = (values.pop("depends_on"), values.pop("depends_answer"))
        return {**values, "depends": depends if depends[0] else None}
