"""Forms around events: shape of the input only."""

from datetime import datetime, time, timedelta

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.events.models import Answer, Event, Question, Series
from groups.events.models.questions import MAX_QUESTIONS


def _day(**options):
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}), **options)


def _time(**options):
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time", "class": "input-short"}), **options)


class EventForm(forms.ModelForm):
    first_day = _day(label=_("Day"))
    start = _time(label=_("From"), required=False)
    last_day = _day(label=_("Last day"), required=False, help_text=_("Only if it takes several days."))
    end = _time(label=_("Until"), required=False)
    answer_day = _day(label=_("Answer no later than"), required=False)
    rhythm = forms.ChoiceField(
        label=_("Repeat"), required=False, choices=[("", _("Once")), *Series.Rhythm.choices],
    )  # fmt: skip
    until = _day(label=_("Repeat up to and including"), required=False)

    class Meta:
        model = Event
        fields = [
            "title", "place", "description", "is_all_day", "capacity", "guest_list", "access_facts", "remind_hours",
        ]  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "capacity": _("Empty: no limit. Who comes when it is full stands in line."),
            "access_facts": _("For example steps, a lift, parking, or an accessible toilet."),
        }

    field_order = ("title", "first_day", "is_all_day", "start", "end", "last_day", "place", "description")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remind_hours"].required = False
        if self.instance.pk:
            del self.fields["rhythm"], self.fields["until"]
            self._fill_in(self.instance)

    def _fill_in(self, event):
        self.initial |= {"first_day": event.first_day}
        if event.is_several_days:
            self.initial["last_day"] = event.last_day
        if not event.is_all_day:
            start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
            self.initial |= {"start": start.time(), "end": end.time()}
        if event.answer_by:
            self.initial["answer_day"] = timezone.localdate(event.answer_by)

    def clean(self):
        values = super().clean()
        first = values.get("first_day")
        if first is None:
            return values
        last = values.get("last_day") or first
        if values.get("is_all_day"):
            self._moment("starts_at", first, time.min)
            self._moment("ends_at", last + timedelta(days=1), time.min)
        elif not values.get("start") or not values.get("end"):
            self.add_error("start", _("Fill in from when until when, or choose whole days."))
        else:
            self._moment("starts_at", first, values["start"])
            self._moment("ends_at", last, values["end"])
        self._check_order()
        return values

    def _moment(self, name, day, clock):
        """A moment on the clock of Amsterdam; an hour that the change of clocks skips or doubles is refused."""
        field = {"starts_at": "start", "ends_at": "end"}[name]
        try:
            self.cleaned_data[name] = from_current_timezone(datetime.combine(day, clock))
        except forms.ValidationError as error:
            self.add_error(field, error)

    def _check_order(self):
        values = self.cleaned_data
        start, end = values.get("starts_at"), values.get("ends_at")
        if start and end and end <= start:
            self.add_error("end", _("The end is before the start."))
        if values.get("answer_day") and end:
            # A deadline is the end of that day, but never after the event itself.
            close = timezone.make_aware(datetime.combine(values["answer_day"], time(23, 59, 59)))
            values["answer_by"] = min(close, end)
        if values.get("rhythm") and not values.get("until"):
            self.add_error("until", _("Until when does it repeat?"))

    def _post_clean(self):
        """Not the model's own check: start and end are put together above and saved by the service."""

    def planned(self) -> dict:
        """What the services take."""
        names = (*self.Meta.fields, "starts_at", "ends_at")
        values = {name: self.cleaned_data[name] for name in names}
        values["answer_by"] = self.cleaned_data.get("answer_by")
        if values["remind_hours"] in (None, ""):
            values["remind_hours"] = Event.Reminders.DAY
        if self.cleaned_data.get("rhythm"):
            values |= {"rhythm": self.cleaned_data["rhythm"], "until": self.cleaned_data["until"]}
        return values


class AnswerForm(forms.Form):
    """Yes, maybe or no, a remark, and the organiser's questions as fields `q<id>`."""

    choice = forms.ChoiceField(choices=Answer.Choice)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args, event: Event, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remark"].help_text = _who_reads(event)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"q{question.pk}"] = forms.CharField(
                label=question.text, max_length=500, required=False, help_text=_hint(question)
            )

    @property
    def shown_fields(self):
        return [self[name] for name in (*(f"q{question.pk}" for question in self.questions), "remark")]

    def clean(self):
        values = super().clean()
        replies = {question.pk: values.pop(f"q{question.pk}", "") for question in self.questions}
        return {**values, "replies": replies}


def _who_reads(event):
    if event.guest_list == Event.GuestList.NAMES:
        return _("Stands beside your name, for everybody who sees this event.")
    return _("Only the organisers read it.")


def _hint(question):
    if question.is_sensitive:
        return _("Only the organisers read it. It is wiped 30 days after the event.")
    return _("Needed if you come.") if question.is_required else ""


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ["text", "is_required", "is_sensitive"]

    text = forms.CharField(label=_("Question"), max_length=160, required=False)


QuestionFormSet = forms.formset_factory(
    QuestionForm, formset=forms.BaseFormSet, extra=MAX_QUESTIONS, max_num=MAX_QUESTIONS, absolute_max=MAX_QUESTIONS
)


class ShiftForm(forms.Form):
    title = forms.CharField(label=_("What"), max_length=80)
    day = _day(label=_("Day"))
    start = _time(label=_("From"))
    end = _time(label=_("Until"))
    places = forms.IntegerField(label=_("How many people"), min_value=1, max_value=100, initial=1)

    def clean(self):
        """Moments on the clock of Amsterdam; an end before the start is the next day, as at a party."""
        values = super().clean()
        if not {"day", "start", "end"} <= values.keys():
            return values
        last = values["day"] + timedelta(days=values["end"] <= values["start"])
        try:
            moments = {
                "starts_at": from_current_timezone(datetime.combine(values["day"], values["start"])),
                "ends_at": from_current_timezone(datetime.combine(last, values["end"])),
            }
        except forms.ValidationError as error:
            self.add_error("start", error)
            return values
        return {"title": values.get("title"), "places": values.get("places"), **moments}


class SwapForm(forms.Form):
    """With whom: `m<member>` takes it over, `p<place>` gives the own shift for it."""

    other = forms.ChoiceField(label=_("Who takes over?"))

    def __init__(self, *args, place, people, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {f"m{person.pk}": person for person in people}
        self.places = {f"p{other.pk}": other for other in places}
        self.fields["other"].choices = [
            *((code, person.display_name) for code, person in self.people.items()),
            *(
                (code, _("%(name)s, for “%(shift)s”") % {"name": other.member.display_name, "shift": other.shift.title})
                for code, other in self.places.items()
            ),
        ]

    def clean(self):
        code = super().clean().get("other")
        if code in self.places:
            return {"to": self.places[code].member, "in_exchange": self.places[code]}
        return {"to": self.people[code], "in_exchange": None} if code in self.people else {}


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("It is shown at the event."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off", "class": "input-short"}),
    )  # fmt: skip
