"""The forms of the fees: shapes of input only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from finance.fees.models import Arrangement, FeeGrant, FeePlan, Payer
from finance.forms import AmountField, DayField
from groups.people.models import MembershipKind


class PlanForm(forms.ModelForm):
    anchor = DayField(label=_("A period starts on"), help_text=FeePlan._meta.get_field("anchor").help_text)
    starts_on = DayField(label=_("Plan counts from"))
    ends_on = DayField(label=_("Up to and including"), required=False)
    entrance_cents = AmountField(label=_("Entrance fee"), required=False, help_text=_("Asked once, from new members."))

    class Meta:
        model = FeePlan
        fields = (
            "kind", "months", "anchor", "proration", "starts_on", "ends_on", "prorates_leaving", "roll_days",
            "entrance_cents", "household_percent", "pay_days", "grace_days", "notice_months", "renewal_days",
            "max_parts",
        )  # fmt: skip

    def clean_entrance_cents(self):
        return self.cleaned_data["entrance_cents"] or 0

    def _post_clean(self):
        """The service saves, under a lock; the constraints speak there."""

    def clean(self):
        values = super().clean()
        if values.get("household_percent") is not None and values["household_percent"] > 100:
            self.add_error("household_percent", _("At most 100."))
        if values.get("max_parts") is not None and not 1 <= values["max_parts"] <= 12:
            self.add_error("max_parts", _("From 1 up to 12."))
        if values.get("ends_on") and values.get("starts_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first day."))
        return values


class TierForm(forms.Form):
    valid_from = DayField(label=_("From"))
    cents = AmountField(label=_("Amount per period"), help_text=_("For example 120 or 42.50"))
    min_age = forms.IntegerField(label=_("From age"), min_value=0, max_value=150, required=False)
    max_age = forms.IntegerField(label=_("Up to and including age"), min_value=0, max_value=150, required=False)

    def clean(self):
        values = super().clean()
        low, high = values.get("min_age"), values.get("max_age")
        if low is not None and high is not None and high < low:
            self.add_error("max_age", _("This age is lower than the one before it."))
        return values


class RunForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    first_on = DayField(label=_("Periods that start from"))
    last_on = DayField(label=_("Up to and including"))
    due_on = DayField(label=_("Last day to pay"))
    tells = forms.BooleanField(label=_("Send members a message with their invoice"), required=False, initial=True)

    def clean(self):
        values = super().clean()
        first, last = values.get("first_on"), values.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day is before the first day."))
        elif first and last and (last - first).days > 800:
            self.add_error("last_on", _("Charge at most two years at once."))
        if values.get("due_on") and values["due_on"] < timezone.localdate():
            self.add_error("due_on", _("Choose a day that is still to come."))
        return values


class PartsForm(forms.Form):
    count = forms.TypedChoiceField(label=_("In how many parts?"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["count"].choices = [(number, str(number)) for number in range(1, most + 1)]


class ArrangementForm(forms.Form):
    wish = forms.ChoiceField(
        label=_("What would help?"), choices=Arrangement.Wish.choices, widget=forms.RadioSelect
    )  # fmt: skip
    text = forms.CharField(
        label=_("In your own words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only the treasurer reads this."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    is_granted = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("A few words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    count = forms.IntegerField(label=_("New number of parts"), min_value=1, max_value=60, required=False)
    first_on = DayField(label=_("First part on"), required=False)

    def clean(self):
        values = super().clean()
        if values.get("is_granted") and bool(values.get("count")) != bool(values.get("first_on")):
            self.add_error("first_on", _("Fill in both the number of parts and the first day, or neither."))
        return values


class StopForm(forms.Form):
    reason = forms.CharField(
        label=_("Why do you stop?"), max_length=300, required=False, help_text=_("Only if you want to tell.")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=300)


class CashForm(forms.Form):
    cents = AmountField(label=_("Amount"))


class GrantForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=FeeGrant.Kind.choices)
    percent = forms.IntegerField(label=_("Percentage"), min_value=1, max_value=100, required=False)
    cents = AmountField(label=_("Amount"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Up to and including"), required=False)

    def clean(self):
        values = super().clean()
        kind = values.get("kind")
        if kind == FeeGrant.Kind.PERCENT and not values.get("percent"):
            self.add_error("percent", _("Fill in the percentage."))
        if kind in (FeeGrant.Kind.LESS, FeeGrant.Kind.FIXED) and values.get("cents") is None:
            self.add_error("cents", _("Fill in the amount."))
        if values.get("ends_on") and values.get("starts_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first day."))
        value = values.pop("percent", None) if kind == FeeGrant.Kind.PERCENT else values.get("cents")
        values.pop("percent", None)
        values.pop("cents", None)
        values["value"] = 0 if kind == FeeGrant.Kind.EXEMPT else value or 0
        return values


class BirthForm(forms.Form):
    born_on = DayField(label=_("Born on"), required=False)

    def clean_born_on(self):
        day = self.cleaned_data["born_on"]
        if day and not 1900 <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(_("This is not a likely day of birth."))
        return day


class HouseholdForm(forms.Form):
    """A household or body around one member, who gets the post. Others by number or address: it may be a big club."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(Payer.Kind.HOUSEHOLD, _("Household")), (Payer.Kind.BODY, _("Organisation"))],
        widget=forms.RadioSelect,
        initial=Payer.Kind.HOUSEHOLD,
    )
    name = forms.CharField(label=_("Name on the invoice"), max_length=160)
    others = forms.CharField(
        label=_("Who else is in it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Member numbers or e-mail addresses, one per line."),
    )
    address = forms.CharField(
        label=_("Address"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    registration = forms.CharField(label=_("Registration number (KvK)"), max_length=20, required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people

    def clean_others(self):
        return [self._member(line.strip()) for line in self.cleaned_data["others"].splitlines() if line.strip()]

    def _member(self, text: str):
        found = self.people.filter(email=text.lower()) if "@" in text else self.people.filter(number=text)
        member = found.first()
        if member is None:
            raise forms.ValidationError(_("There is no member with “%(text)s”."), params={"text": text[:60]})
        return member


class ConditionForm(forms.Form):
    needs_paid_fee = forms.BooleanField(label=_("Only for who has paid the fee"), required=False)
    kinds = forms.ModelMultipleChoiceField(
        label=_("Only for these kinds of membership"),
        queryset=MembershipKind.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
