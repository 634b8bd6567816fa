"""What people can fill in about groups. Shape only: the rules are in services."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import MembershipKind
from groups.people.picking import choose_from
from groups.subgroups.appearance import HUE_NAMES, ICON_NAMES
from groups.subgroups.models import (
    MAX_MEMBERS,
    Clearing,
    Departure,
    Invitation,
    JoinRequest,
    Removal,
    Subgroup,
    SubgroupRole,
)

DATE = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


class AskForm(forms.ModelForm):
    class Meta:
        model = JoinRequest
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class LeaveForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do you leave?"),
        help_text=_("Nobody sees who answered what; only totals of five or more are shown."),
        choices=Departure.Reason.choices,
        required=False,
        widget=forms.RadioSelect,
    )


class QuestionForm(forms.Form):
    text = forms.CharField(label=_("Your question"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class InviteAddressForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Nobody gets more than two mails about invitations.")
    )
    text = forms.CharField(
        label=_("Personal message"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    guest_until = forms.DateField(
        label=_("Guest up to and including"),
        help_text=_("Somebody from outside sees only this group, until that day."),
        **DATE,
    )
    kind = forms.ModelChoiceField(MembershipKind.objects.none(), label=_("Becomes a member as"), required=False)

    def __init__(self, *args, admits_newcomers: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if admits_newcomers:
            self.fields["kind"].queryset = MembershipKind.objects.all()
        else:
            del self.fields["kind"]


class LinkForm(forms.Form):
    DAYS = [(1, _("1 day")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))]

    max_uses = forms.IntegerField(label=_("How many people may use it"), min_value=1, max_value=MAX_MEMBERS, initial=25)
    days = forms.TypedChoiceField(label=_("How long it works"), choices=DAYS, coerce=int, initial=14)
    kind = forms.ModelChoiceField(MembershipKind.objects.none(), label=_("Newcomers become"), required=False)

    def __init__(self, *args, admits_newcomers: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if admits_newcomers:
            self.fields["kind"].queryset = MembershipKind.objects.all()
        else:
            del self.fields["kind"]

    def link(self) -> dict:
        values = dict(self.cleaned_data)
        values["valid"] = timedelta(days=values.pop("days"))
        return values


class DecideForm(forms.Form):
    """Yes or no, with a sentence. The button that was pressed is the decision."""

    decision = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    answer = forms.CharField(max_length=500, required=False, strip=True)

    def values(self) -> dict:
        return {"accept": self.cleaned_data["decision"] == "yes", "answer": self.cleaned_data["answer"]}


class OfferForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"), choices=[choice for choice in SubgroupRole.choices if choice[0] != SubgroupRole.MEMBER]
    )
    starts_on = forms.DateField(label=_("From"), initial=timezone.localdate, **DATE)
    ends_on = forms.DateField(label=_("Up to and including"), **DATE)
    hand_over = forms.BooleanField(
        label=_("I hand over my own role"),
        help_text=_("Your role ends when the other says yes. What hangs on it goes along."),
        required=False,
    )

    def clean(self):
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day comes after the first."))
        return values


class SuccessorForm(forms.Form):
    """Who takes over what hangs on a role; not asked when nothing does. Managers come first."""

    to = forms.ModelChoiceField(Subgroup.objects.none(), label=_("Who takes it over"))

    def __init__(self, *args, people, hanging, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.hanging = hanging
        if hanging:
            choose_from(self.fields["to"], people.order_by("first_name", "last_name"), by)
        else:
            del self.fields["to"]


class RemoveForm(forms.ModelForm):
    class Meta:
        model = Removal
        fields = ["reason", "banned_until"]
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 4}),
            "banned_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "reason": _("The member reads this and can reply for 14 days."),
            "banned_until": _("Leave this empty if the member may come back."),
        }


class ReplyForm(forms.Form):
    reply = forms.CharField(label=_("Your reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class SubgroupForm(forms.ModelForm):
    hue = forms.ChoiceField(
        label=_("Tint"), choices=[("", _("Choose for us")), *HUE_NAMES.items()], required=False
    )  # fmt: skip
    icon = forms.ChoiceField(label=_("Icon"))

    class Meta:
        model = Subgroup
        fields = ["name", "description", "rules", "hue", "icon", "join_policy", "is_hidden", "push_level", "places"]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 4}),
            "rules": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        icons = {self.instance.icon: self.instance.icon} | ICON_NAMES
        self.fields["icon"].choices = sorted(icons.items(), key=lambda choice: str(choice[1]))


class PictureForm(forms.Form):
    picture_file = forms.FileField(
        label=_("Picture"),
        help_text=_("Three times as wide as it is high looks best. Leave it empty to take the picture away."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class NewSubgroupForm(forms.ModelForm):
    class Meta:
        model = Subgroup
        fields = ["name", "description", "kind"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class SplitForm(forms.Form):
    name = forms.CharField(label=_("Name of the new group"), max_length=60)
    description = forms.CharField(label=_("Description"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    member_ids = forms.TypedMultipleChoiceField(
        label=_("Who goes along"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, members=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member_ids"].choices = [(member.pk, member.display_name) for member in members]


class MergeForm(forms.Form):
    target = forms.ModelChoiceField(Subgroup.objects.none(), label=_("Goes up in"))

    def __init__(self, *args, subgroups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = subgroups


class InvitationAnswerForm(forms.ModelForm):
    """Only there to carry the wish that the inviter is told."""

    tell_inviter = forms.BooleanField(label=_("Tell who invited me that I said no"), required=False)

    class Meta:
        model = Invitation
        fields: list[str] = []


class AmbassadorForm(forms.Form):
    """The link is made in the name of the ambassador, who shares it."""

    kind = forms.ModelChoiceField(MembershipKind.objects.all(), label=_("Newcomers become"))
    months = forms.TypedChoiceField(
        label=_("How long it works"), choices=[(3, _("3 months")), (12, _("12 months"))], coerce=int, initial=12
    )

    def link(self) -> dict:
        values = dict(self.cleaned_data)
        values["valid"] = timedelta(days=30 * values.pop("months"))
        return values


class GroupFileForm(forms.Form):
    file = forms.FileField(
        label=_("File with groups"),
        help_text=_("CSV or Excel: name, description, kind, joining, hidden, places, house rules, manager."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ClearForm(forms.Form):
    """The manager types the name of the group, so that no finger slips into it."""

    kind = forms.ChoiceField(choices=Clearing.Kind, widget=forms.HiddenInput)
    typed = forms.CharField(label=_("Type the name of the group"), max_length=60)

    def __init__(self, *args, subgroup, **options):
        super().__init__(*args, **options)
        self.subgroup = subgroup

    def clean_typed(self):
        if self.cleaned_data["typed"].strip().casefold() != self.subgroup.name.casefold():
            raise forms.ValidationError(
                _("That is not the name. Type exactly: %(name)s"), params={"name": self.subgroup}
            )
        return ""

    def clean(self):
        return {"kind": self.cleaned_data.get("kind")}
