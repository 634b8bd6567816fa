"""Forms of the polls by which people gauge and arrange."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.events.access import may_plan
from polls.forms.fields import MomentsField, number, receipts_field
from polls.forms.poll import PollForm


class OptionsForm(PollForm):
    """The switches of every poll with options to weigh."""

    shuffle = forms.BooleanField(label=_("Show the options in another order to everybody"), required=False)
    adds_options = forms.BooleanField(label=_("Voters may add options"), required=False)
    abstain = forms.BooleanField(label=_("Offer “I abstain”"), required=False)


class GaugeForm(OptionsForm):
    most_choices = number(_("How many options may somebody choose?"), 1, 100, 1)
    blank = forms.BooleanField(label=_("Offer “None of these”"), required=False)
    receipts = receipts_field()

    field_order = [*PollForm.field_order, "most_choices", "blank", "abstain", "shuffle", "adds_options"]


class StatementForm(PollForm):
    receipts = receipts_field()
    LEFT_OUT = ("options",)


class DatesForm(PollForm):
    options = MomentsField(
        label=_("Moments"), help_text=_("One per line, as 4-12-2026 20.00. Times are those of the clock in Amsterdam.")
    )
    event_minutes = number(_("How many minutes does it take?"), 5, 10_000, 120, required=False)
    plans_event = forms.BooleanField(
        label=_("Put the best moment in the agenda when voting closes"),
        help_text=_("With the answers that voters gave: yes comes, if need be comes perhaps."),
        required=False,
    )
    LEFT_OUT = ("secrecy",)
    field_order = [*PollForm.field_order, "event_minutes", "plans_event"]

    def __init__(self, *args, maker, subgroup=None, **kwargs):
        super().__init__(*args, maker=maker, subgroup=subgroup, **kwargs)
        if not may_plan(maker, subgroup):
            del self.fields["plans_event"]


class RankingForm(OptionsForm):
    field_order = [*PollForm.field_order, "abstain", "shuffle", "adds_options"]


class PointsForm(OptionsForm):
    budget = number(_("Points to divide"), 1, 1000, 10)
    field_order = [*PollForm.field_order, "budget", "abstain", "shuffle", "adds_options"]


class MarksForm(OptionsForm):
    field_order = [*PollForm.field_order, "abstain", "shuffle", "adds_options"]


class SignupForm(PollForm):
    places = number(
        _("Places"), 1, 10_000, None, required=False, help_text=_("Leave empty when there is room for all.")
    )
    LEFT_OUT = ("options", "secrecy")
    field_order = [*PollForm.field_order, "places"]


class ConsentForm(PollForm):
    receipts = receipts_field()
    LEFT_OUT = ("options",)
