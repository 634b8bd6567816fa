"""Forms of the polls by which an association decides."""

from dataclasses import replace
from datetime import datetime, time

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.access import visible_members
from groups.people.picking import PeopleField, PersonField, PickingForm, choose_from
from groups.subgroups.access import entered_subgroups, with_module
from polls.access import electors_to_bar
from polls.counting.majority import Base, Tie
from polls.forms.fields import DayField, LinesField, MomentField, number, receipts_field
from polls.forms.poll import PollForm
from polls.models import Outcome, Secrecy
from polls.rules import Majority


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
    tie = forms.ChoiceField(
        label=_("And as many in favour as against?"),
        choices=[(Tie.REJECTED, _("It is rejected")), (Tie.POSTPONED, _("Nothing is decided: it comes back later"))],
        initial=Tie.REJECTED,
        required=False,
    )
    abstain = forms.BooleanField(label=_("Offer “Abstain” beside blank"), required=False)
    receipts = receipts_field()
    LEFT_OUT = ("options",)
    field_order = [*PollForm.field_order, "share", "base", "counts_blank", "tie", "quorum", "abstain"]

    def making(self):
        values = self.cleaned_data
        majority = Majority(
            share=values.pop("share"),
            strict=self.data.get("share") == "1/2",
            base=values.pop("base"),
            counted=("blank",) if values.pop("counts_blank") else (),
            quorum=values.pop("quorum", ""),
            tie=values.pop("tie") or Tie.REJECTED,
        )
        making = super().making()
        return {**making, "rules": replace(making["rules"], majority=majority)}


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
    receipts = receipts_field()
    tellers = PeopleField(
        label=_("Tellers"),
        help_text=_("Three members who are not candidates. Two of them count."),
        required=False,
    )
    field_order = [*PollForm.field_order, "seats", "method"]

    def __init__(self, *args, maker, **kwargs):
        super().__init__(*args, maker=maker, **kwargs)
        self.fields["secrecy"].initial = Secrecy.SECRET
        choose_from(self.fields["tellers"], visible_members(maker), maker)

    def clean_tellers(self):
        tellers = list(self.cleaned_data["tellers"])
        if tellers and len(tellers) != 3:
            raise forms.ValidationError(_("Name three different tellers."))
        return tellers

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("secrecy") == Secrecy.SECRET and not cleaned.get("tellers") and "tellers" not in self.errors:
            self.add_error("tellers", _("A secret election needs three tellers."))
        return cleaned


class BarForm(PickingForm):
    member = PersonField(label=_("Who?"))
    reason = forms.CharField(label=_("Which decision, and why?"), max_length=200)

    def __init__(self, *args, poll, by, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self.fields["member"], electors_to_bar(poll), by)
        self.fields["member"].widget.search_at = reverse("poll-bar", args=[poll.pk])


class AgainForm(forms.Form):
    """A vote taken up again: when it closes, and at a second meeting under which point."""

    closes_at = MomentField(label=_("Closes at"))
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OutcomeForm(forms.Form):
    text = forms.CharField(
        label=_("What happens now with this result? Everybody who could vote is told."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.CharField(
        label=_("Page it leads to"),
        max_length=200,
        required=False,
        validators=Outcome._meta.get_field("link").validators,
        help_text=Outcome._meta.get_field("link").help_text,
    )


class FollowUpForm(PickingForm):
    title = forms.CharField(label=_("What has to be done?"), max_length=150)
    subgroup = forms.ModelChoiceField(
        queryset=None,
        label=_("Which group does it?"),
        required=False,
        help_text=_("Without a group it is a task for yourself."),
    )
    assignee = PersonField(label=_("Who does it?"), required=False, help_text=_("They are asked first."))
    due_on = DayField(label=_("Done before"), required=False)

    def __init__(self, *args, poll, maker, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subgroup"].queryset = with_module(entered_subgroups(maker), "tasks")
        if poll.subgroup_id:
            del self.fields["subgroup"]
        choose_from(self.fields["assignee"], visible_members(maker), maker)
        self.fields["assignee"].widget.search_at = reverse("poll-follow-up", args=[poll.pk])

    def task(self) -> dict:
        values = dict(self.cleaned_data)
        day = values.pop("due_on")
        return {**values, "due_at": end_of(day) if day else None}


def end_of(day):
    """The last minute of a day in Amsterdam."""
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


class DrawForm(forms.Form):
    seed = forms.CharField(
        label=_("What was thrown or drawn?"),
        max_length=200,
        help_text=_("For example the throws of a die, agreed on beforehand. Anyone can run the draw again with it."),
    )
    witnesses = forms.CharField(label=_("Witnesses"), max_length=200)
