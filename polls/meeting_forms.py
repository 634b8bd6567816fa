"""Forms of general meetings."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.people.access import visible_members
from groups.people.picking import PersonField, PickingForm, choose_from
from polls.access import membership_kinds
from polls.forms import DayField, MomentField
from polls.forms.fields import number
from polls.models import AgendaItem, Meeting, Statutes
from theme.errors import Refusal
from theme.uploads import take_in

YES_NO = [("", _("Not answered yet")), ("True", _("Yes")), ("False", _("No"))]


class StatutesForm(forms.ModelForm):
    class Meta:
        model = Statutes
        fields = (
            *("call_days", "blank_counts", "matter_share", "matter_tie", "change_share", "change_quorum"),
            *("proxies_per_holder", "proxy_hours", "giver_may_still_vote", "proxies_with_instruction"),
            *("advance_days", "digital_ground", "second_meeting_days", "vote_age"),
        )
        widgets = {
            "blank_counts": forms.Select(choices=YES_NO),
            "giver_may_still_vote": forms.Select(choices=YES_NO),
            "proxies_with_instruction": forms.Select(choices=YES_NO),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in self._kinds():
            label = gettext("How many votes has one “%(kind)s”?") % {"kind": kind.name}
            self.fields[f"votes-{kind.pk}"] = number(
                label, 1, 100, self.instance.weights.get(str(kind.pk), 1), required=False
            )

    def save(self, commit=True):
        votes = {str(kind.pk): self.cleaned_data[f"votes-{kind.pk}"] or 1 for kind in self._kinds()}
        # One vote each is the rule of the law: only what differs from it is written down.
        self.instance.weights = {} if set(votes.values()) <= {1} else votes
        return super().save(commit)

    @staticmethod
    def _kinds():
        return membership_kinds().filter(may_vote=True)


class MeetingForm(forms.ModelForm):
    held_at = MomentField(label=_("Held at"))
    record_on = DayField(
        label=_("Record date"),
        required=False,
        help_text=_("Only who was a member on this day may vote. Leave empty to ask who is one at the vote."),
    )

    class Meta:
        model = Meeting
        fields = ("title", "kind", "held_at", "place", "text", "record_on")

    def clean_held_at(self):
        held_at = self.cleaned_data["held_at"]
        if held_at <= timezone.now():
            raise forms.ValidationError(_("Choose a moment in the future."))
        return held_at


class SuspensionForm(PickingForm):
    member = PersonField(label=_("Who?"))
    reason = forms.CharField(label=_("Decided by whom, and why?"), max_length=200)
    starts_on = DayField(label=_("From"), initial=timezone.localdate)
    ends_on = DayField(label=_("Up to and including"), required=False)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self.fields["member"], visible_members(by), by)

    def clean(self):
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end is before the beginning."))
        return cleaned


class ItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class ProxyForm(PickingForm):
    holder = PersonField(label=_("Who votes for you?"))
    instruction = forms.CharField(
        label=_("How should they vote?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only they read it. Empty: as they think best."),
    )

    def __init__(self, *args, holders, meeting, by, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self.fields["holder"], holders, by)
        if not meeting.rules.get("proxies_with_instruction"):
            del self.fields["instruction"]


class DocumentForm(forms.Form):
    file = forms.FileField(label=_("Document"))
    item = forms.IntegerField(label=_("For point number"), required=False, min_value=1, help_text=_("Empty: for all."))

    def clean_file(self):
        try:
            return take_in(self.cleaned_data["file"])
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class CheckInForm(PickingForm):
    member = PersonField(label=_("Who is present?"))

    def __init__(self, *args, meeting, by, **kwargs):
        super().__init__(*args, **kwargs)
        choose_from(self.fields["member"], visible_members(by), by)
        self.fields["member"].widget.search_at = reverse("meeting-check-in", args=[meeting.pk])


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class SecondMeetingForm(forms.Form):
    held_at = MomentField(label=_("Held at"))
    place = forms.CharField(label=_("Place or address online"), max_length=200, required=False)

    def clean_held_at(self):
        held_at = self.cleaned_data["held_at"]
        if held_at <= timezone.now():
            raise forms.ValidationError(_("Choose a moment in the future."))
        return held_at


class MinutesForm(forms.Form):
    text = forms.CharField(
        label=_("What was said and decided"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    adopt = forms.BooleanField(
        label=_("Adopted by the next meeting: from now on they no longer change"), required=False
    )
