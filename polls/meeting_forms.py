"""Forms of general meetings."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.picking import PersonField, PickingForm
from polls.forms import MomentField
from polls.models import AgendaItem, Meeting, Statutes

YES_NO = [("", _("Not answered yet")), ("True", _("Yes")), ("False", _("No"))]


class StatutesForm(forms.ModelForm):
    class Meta:
        model = Statutes
        fields = (
            *("call_days", "blank_counts", "matter_share", "change_share", "change_quorum"),
            *("proxies_per_holder", "proxy_hours", "giver_may_still_vote", "advance_days", "digital_ground"),
        )
        widgets = {
            "blank_counts": forms.Select(choices=YES_NO),
            "giver_may_still_vote": forms.Select(choices=YES_NO),
        }


class MeetingForm(forms.ModelForm):
    held_at = MomentField(label=_("Held at"))

    class Meta:
        model = Meeting
        fields = ("title", "kind", "held_at", "place", "text")

    def clean_held_at(self):
        held_at = self.cleaned_data["held_at"]
        if held_at <= timezone.now():
            raise forms.ValidationError(_("Choose a moment in the future."))
        return held_at


class ItemForm(forms.ModelForm):
    class Meta:
        model = AgendaItem
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class ProxyForm(PickingForm):
    holder = PersonField(label=_("Who votes for you?"))

    def __init__(self, *args, holders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holder"].queryset = holders


class MinutesForm(forms.Form):
    text = forms.CharField(
        label=_("Minutes"), required=False, max_length=40_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    adopt = forms.BooleanField(
        label=_("Adopted by the next meeting: from now on they no longer change"), required=False
    )
