"""Shapes of what is posted; the rules are in services."""

from dataclasses import replace
from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.access import enrolled_members
from polls.counting.majority import Base
from polls.models import Kind, Secrecy, SurveyQuestion
from polls.rules import Audience, Majority, Rules, Shown
from polls.survey_templates import TEMPLATES

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
        choices=Secrecy.choices,
        initial=Secrecy.OPEN,
        widget=forms.RadioSelect,
    )
    shown = forms.ChoiceField(
        label=_("When is the result seen?"),
        choices=[
            (Shown.AFTER_CLOSE, _("When voting has closed")),
            (Shown.AFTER_VOTE, _("By each voter after voting")),
            (Shown.LIVE, _("By everybody, all the time")),
            (Shown.AFTER_PUBLICATION, _("When it is published")),
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

    field_order = ["question", "explanation", "options"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.LEFT_OUT:
            del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        late = (Shown.AFTER_CLOSE, Shown.AFTER_PUBLICATION)
        if cleaned.get("secrecy") == Secrecy.SECRET and cleaned.get("shown") not in late:
            self.add_error("shown", _("The result of a secret poll can only be seen after closing."))
        return cleaned

    LEFT_OUT = ()
    # Fields that are the poll's own; all others are rules.
    OWN = ("question", "explanation", "options", "closes_at", "opens_at", "secrecy", "adds_options", "tellers")

    def making(self) -> dict:
        """The arguments for create_poll."""
        fields = {name: self.cleaned_data[name] for name in self.OWN if name in self.cleaned_data}
        fields.setdefault("options", [])
        if not fields.get("opens_at"):
            fields.pop("opens_at", None)
        chosen = {name: value for name, value in self.cleaned_data.items() if name in Rules.__dataclass_fields__}
        return {**fields, "rules": Rules(**{name: value for name, value in chosen.items() if value is not None})}


def number(label, least, most, initial, **fields):
    widget = forms.NumberInput(attrs={"class": "input-short"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, initial=initial, widget=widget, **fields)


class GaugeForm(PollForm):
    most_choices = number(_("How many options may somebody choose?"), 1, 100, 1)
    blank = forms.BooleanField(label=_("Offer “None of these”"), required=False)
    shuffle = forms.BooleanField(label=_("Show the options in another order to everybody"), required=False)
    adds_options = forms.BooleanField(label=_("Voters may add options"), required=False)

    field_order = [*PollForm.field_order, "most_choices", "blank", "shuffle", "adds_options"]


class StatementForm(PollForm):
    LEFT_OUT = ("options",)


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


class MomentsField(LinesField):
    """Moments as people write them, one per line, kept as wall time: "2026-12-04T20:00"."""

    FORMATS = ("%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")

    def clean(self, value):
        return [self._moment(line) for line in super().clean(value)]

    def _moment(self, line: str) -> str:
        for pattern in self.FORMATS:
            try:
                return datetime.strptime(line, pattern).isoformat(timespec="minutes")  # noqa: DTZ007 — wall time
            except ValueError:
                continue
        raise forms.ValidationError(
            _("Write each moment as a date and a time, for example 4-12-2026 20.00, and not “%(line)s”."),
            params={"line": line[:40]},
        )


class DatesForm(PollForm):
    options = MomentsField(
        label=_("Moments"), help_text=_("One per line, as 4-12-2026 20.00. Times are those of the clock in Amsterdam.")
    )
    LEFT_OUT = ("secrecy",)


class RankingForm(PollForm):
    shuffle = forms.BooleanField(label=_("Show the options in another order to everybody"), required=False)


class PointsForm(PollForm):
    budget = number(_("Points to divide"), 1, 1000, 10)
    field_order = [*PollForm.field_order, "budget"]


class SignupForm(PollForm):
    places = number(
        _("Places"), 1, 10_000, None, required=False, help_text=_("Leave empty when there is room for all.")
    )
    LEFT_OUT = ("options", "secrecy")
    field_order = [*PollForm.field_order, "places"]


class MotionForm(PollForm):
    share = forms.ChoiceField(
        label=_("What is needed?"),
        choices=[
            ("1/2", _("More than half")),
            ("2/3", _("Two thirds")),
            ("3/4", _("Three quarters")),
            ("1", _("Everybody in favour")),
            ("", _("More in favour than against")),
        ],
        initial="1/2",
        required=False,
        widget=forms.RadioSelect,
    )
    base = forms.ChoiceField(
        label=_("Out of what?"),
        choices=[
            (Base.VOTES, _("The votes in favour and against")),
            (Base.PRESENT, _("Everybody present or represented")),
            (Base.ENTITLED, _("Everybody entitled to vote")),
        ],
        initial=Base.VOTES,
        widget=forms.RadioSelect,
    )
    counts_blank = forms.BooleanField(label=_("Blank votes count as votes"), required=False)
    quorum = forms.ChoiceField(
        label=_("Quorum"),
        choices=[("", _("None")), ("1/10", "1/10"), ("1/4", "1/4"), ("1/3", "1/3"), ("1/2", "1/2"), ("2/3", "2/3")],
        required=False,
    )
    abstain = forms.BooleanField(label=_("Offer “Abstain” beside blank"), required=False)
    LEFT_OUT = ("options",)
    field_order = [*PollForm.field_order, "share", "base", "counts_blank", "quorum", "abstain"]

    def making(self):
        values = self.cleaned_data
        majority = Majority(
            share=values.pop("share"),
            strict=self.data.get("share") == "1/2",
            base=values.pop("base"),
            counted=("blank",) if values.pop("counts_blank") else (),
            quorum=values.pop("quorum"),
        )
        making = super().making()
        return {**making, "rules": replace(making["rules"], majority=majority)}


class TellersField(forms.CharField):
    """Members by e-mail address, one per line."""

    def __init__(self, **fields):
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **fields)

    def clean(self, value):
        addresses = [line.strip().lower() for line in super().clean(value).splitlines() if line.strip()]
        members = {member.email: member for member in enrolled_members().filter(email__in=addresses)}
        unknown = [address for address in addresses if address not in members]
        if unknown:
            raise forms.ValidationError(_("No member has the address %(address)s."), params={"address": unknown[0]})
        if addresses and len(members) != 3:
            raise forms.ValidationError(_("Name three different tellers."))
        return list(members.values())


class ElectionForm(PollForm):
    options = LinesField(label=_("Candidates"), help_text=_("One per line."))
    seats = number(_("Seats"), 1, 50, 1)
    method = forms.ChoiceField(
        label=_("How is it counted?"),
        choices=[
            ("absolute_majority", _("More than half of the votes, else a second ballot")),
            ("irv", _("Put candidates in order; the last one drops out until somebody has more than half")),
            ("stv_scottish", _("Put candidates in order; seats in proportion (Scottish STV)")),
            ("plurality", _("Most votes")),
        ],
        initial="absolute_majority",
        widget=forms.RadioSelect,
    )
    figures_when_few = forms.BooleanField(
        label=_("Show figures even when fewer than 10 people voted"),
        help_text=_("The minutes may need them. The ballot warns voters beforehand."),
        required=False,
    )
    tellers = TellersField(
        label=_("Tellers"),
        help_text=_("The e-mail addresses of three members who are not candidates, one per line. Two of them count."),
    )
    field_order = [*PollForm.field_order, "seats", "method"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["secrecy"].initial = Secrecy.SECRET

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("secrecy") == Secrecy.SECRET and not cleaned.get("tellers") and "tellers" not in self.errors:
            self.add_error("tellers", _("A secret election needs three tellers."))
        return cleaned


class DrawForm(forms.Form):
    seed = forms.CharField(
        label=_("What was thrown or drawn?"),
        max_length=200,
        help_text=_("For example the throws of a die, agreed on beforehand. Anyone can run the draw again with it."),
    )
    witnesses = forms.CharField(label=_("Witnesses"), max_length=200)


FORMS = {
    Kind.GAUGE: GaugeForm,
    Kind.STATEMENT: StatementForm,
    Kind.DATES: DatesForm,
    Kind.RANKING: RankingForm,
    Kind.POINTS: PointsForm,
    Kind.SIGNUP: SignupForm,
    Kind.SURVEY: SurveyForm,
    Kind.MOTION: MotionForm,
    Kind.ELECTION: ElectionForm,
}
