"""Shapes of what is posted; the rules are in services."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from polls.models import Secrecy
from polls.rules import Audience, Rules, Shown

DATETIME_LOCAL = "%Y-%m-%dT%H:%M"


def next_week_at_eight():
    """A closing time that suits most polls: a week from now, 20.00 in Amsterdam."""
    return timezone.localtime(timezone.now() + timedelta(days=7)).replace(hour=20, minute=0, second=0, microsecond=0)


class MomentField(forms.DateTimeField):
    def __init__(self, **fields):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input-short"}, format=DATETIME_LOCAL)
        super().__init__(widget=widget, input_formats=[DATETIME_LOCAL, "%Y-%m-%d %H:%M"], **fields)


class LinesField(forms.CharField):
    """One text per line."""

    def __init__(self, **fields):
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), max_length=10_000, **fields)

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("Keep each option under 200 characters."))
        if len(lines) > 100:
            raise forms.ValidationError(_("A poll has at most 100 options."))
        return lines


class PollForm(forms.Form):
    """What every poll asks of its maker, in the order in which people think of it."""

    question = forms.CharField(label=_("Question"), max_length=200)
    explanation = forms.CharField(
        label=_("Explanation"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    options = LinesField(label=_("Options"), help_text=_("One per line."))
    closes_at = MomentField(label=_("Closes at"), initial=next_week_at_eight)
    opens_at = MomentField(label=_("Opens at"), required=False, help_text=_("Leave empty to open it yourself."))
    secrecy = forms.ChoiceField(
        label=_("Who sees the choices?"),
        choices=[(Secrecy.OPEN, Secrecy.OPEN.label)],
        initial=Secrecy.OPEN,
        widget=forms.RadioSelect,
    )
    shown = forms.ChoiceField(
        label=_("When is the result seen?"),
        choices=[
            (Shown.AFTER_CLOSE, _("When voting has closed")),
            (Shown.AFTER_VOTE, _("By each voter after voting")),
            (Shown.LIVE, _("By everybody, all the time")),
        ],
        initial=Shown.AFTER_CLOSE,
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(
        label=_("Who sees the result?"),
        choices=[
            (Audience.EVERYBODY, _("Everybody who sees the poll")),
            (Audience.BOARD, _("The board and whoever made the poll")),
        ],
        initial=Audience.EVERYBODY,
        widget=forms.RadioSelect,
    )
    may_change = forms.BooleanField(label=_("A vote may be changed until closing"), required=False, initial=True)

    # Fields that are the poll's own; all others are rules.
    OWN = ("question", "explanation", "options", "closes_at", "opens_at", "secrecy", "adds_options")

    def making(self) -> dict:
        """The arguments for create_poll."""
        fields = {name: self.cleaned_data[name] for name in self.OWN if name in self.cleaned_data}
        if not fields.get("opens_at"):
            fields.pop("opens_at", None)
        chosen = {name: value for name, value in self.cleaned_data.items() if name not in self.OWN}
        return {**fields, "rules": Rules(**{name: value for name, value in chosen.items() if value is not None})}


class GaugeForm(PollForm):
    most_choices = forms.IntegerField(
        label=_("How many options may somebody choose?"),
        min_value=1,
        max_value=100,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "input-short"}),
    )
    blank = forms.BooleanField(label=_("Offer “None of these”"), required=False)
    shuffle = forms.BooleanField(label=_("Show the options in another order to everybody"), required=False)
    adds_options = forms.BooleanField(label=_("Voters may add options"), required=False)

    field_order = ["question", "explanation", "options", "most_choices", "blank", "shuffle", "adds_options"]
