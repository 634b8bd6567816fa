"""What a Geldchef decides about the pot itself."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.forms import DayField
from finance.pots.models import Pot
from finance.pots.tones import Tone, tone_of
from groups.people.models import kept_from
from groups.people.picking import choose_from
from groups.subgroups.access import members_of


class PotForm(forms.Form):
    """A form on the page of who looks after a pot; it knows the pot and the member."""

    def __init__(self, *args, pot: Pot, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.pot, self.by = pot, by
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the pot."""


class PlanForm(PotForm):
    """At most three steps, each with its day and its tone."""

    DAYS = [
        ("", _("no reminder")),
        (-14, _("2 weeks before")),
        (-7, _("1 week before")),
        (-3, _("3 days before")),
        (0, _("on the day itself")),
        (3, _("3 days after")),
        (7, _("1 week after")),
        (14, _("2 weeks after")),
    ]
    STEPS = (1, 2, 3)
    WEEKDAYS = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]
    hour = forms.TypedChoiceField(
        label=_("At what time?"), coerce=int, choices=[(hour, f"{hour}.00") for hour in range(9, 20)]
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A reminder that falls on another day waits for the next of these."),
    )

    def prepare(self):
        planned = [*self.pot.remind_days, None, None, None]
        for step in self.STEPS:
            day = planned[step - 1]
            self.fields[f"day_{step}"] = forms.TypedChoiceField(
                label=_("Reminder %(number)d") % {"number": step},
                choices=self.DAYS,
                coerce=int,
                empty_value=None,
                required=False,
                initial="" if day is None else day,
            )
            self.fields[f"tone_{step}"] = forms.ChoiceField(
                label=_("Tone of reminder %(number)d") % {"number": step},
                choices=Tone.choices,
                required=False,
                initial=tone_of(self.pot, day),
            )
        self.order_fields([f"{what}_{step}" for step in self.STEPS for what in ("day", "tone")])
        self.initial |= {"hour": self.pot.remind_hour, "weekdays": self.pot.remind_weekdays}

    def clean(self):
        values = super().clean()
        steps = {values.get(f"day_{step}"): values.get(f"tone_{step}") or Tone.FRIENDLY for step in self.STEPS}
        tones = {day: tone for day, tone in steps.items() if day is not None}
        return {
            "days": list(tones),
            "tones": tones,
            "hour": values.get("hour"),
            "weekdays": values.get("weekdays"),
        }


def _parts_choices() -> list[tuple[int, str]]:
    """Asked for each form, in the language of who looks at it."""
    up_to = [(n, _("up to %(n)d parts") % {"n": n}) for n in (2, 3, 4, 6, 12)]
    return [(1, _("only after asking me")), *up_to]


class SettingsForm(PotForm):
    visibility = forms.ChoiceField(
        label=_("Who sees who has paid?"), choices=Pot.Visibility.choices, widget=forms.RadioSelect
    )
    max_parts = forms.TypedChoiceField(label=_("Paying in parts"), coerce=int, choices=_parts_choices)
    takes_pledges = forms.BooleanField(label=_("Members may pledge an amount themselves"), required=False)
    hard_cap = forms.BooleanField(label=_("Stop at the goal: what comes in above it waits"), required=False)
    tells_chat = forms.BooleanField(
        label=_("Tell the chat when the pot is open, halfway, full and closed"), required=False
    )

    def prepare(self):
        self.initial |= {name: getattr(self.pot, name) for name in self.fields}


class ExtendForm(PotForm):
    deadline = DayField(label=_("Until the end of"))

    def prepare(self):
        self.initial.setdefault("deadline", self.pot.deadline)


class PurposeForm(PotForm):
    purpose = forms.CharField(
        label=_("What will it be for instead?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    because = forms.CharField(label=_("Why?"), max_length=300, required=False)
    answer_by = DayField(label=_("Payers answer before the end of"))

    def prepare(self):
        self.initial.setdefault("answer_by", timezone.localdate() + timedelta(days=7))


class MemberForm(PotForm):
    """The choice of one other member of the group, under the name in `name`."""

    name, label = "member", ""

    def prepare(self):
        self.fields[self.name] = forms.ModelChoiceField(label=self.label, queryset=None)
        choose_from(self.fields[self.name], members_of(self.pot.subgroup).exclude(pk=self.by.pk), self.by)


class SuccessorForm(MemberForm):
    name, label = "to", _("Who takes over?")


class DeputyForm(MemberForm):
    label = _("Who helps you?")


class CloseForm(PotForm):
    surplus = forms.ChoiceField(
        label=_("What happens with what is left?"),
        choices=Pot.Surplus.choices,
        required=False,
        initial=Pot.Surplus.REFUND,
        widget=forms.RadioSelect,
    )
    to_pot = forms.ModelChoiceField(label=_("Which pot?"), queryset=None, required=False)

    def prepare(self):
        others = Pot.objects.filter(subgroup=self.pot.subgroup, status__in=[Pot.Status.OPEN, Pot.Status.PAUSED])
        self.fields["to_pot"].queryset = others.exclude(pk=self.pot.pk).exclude(kept_from(self.by))
        if not self.fields["to_pot"].queryset.exists():
            del self.fields["to_pot"]
            self.fields["surplus"].choices = [each for each in Pot.Surplus.choices if each[0] != Pot.Surplus.POT]
