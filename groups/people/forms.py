"""What people fill in about themselves and about each other. Shape only: the rules are in services."""

import unicodedata

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import (
    Application,
    AssociationRole,
    Audience,
    Interest,
    Member,
    MembershipKind,
    ProfileField,
    SupportAccess,
)
from groups.people.models.safety import LONGEST_IDLE
from groups.people.queries import own_answers
from groups.people.safety import selectable
from theme.forms import RowsField

DATE = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), "required": False}


def clean_name(text: str) -> str:
    """One spelling per name, and nothing invisible in it that could make it look like somebody else's."""
    visible = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] != "C")
    return " ".join(visible.split())


class NameMixin:
    def clean_first_name(self):
        return clean_name(self.cleaned_data["first_name"])

    def clean_name_prefix(self):
        return clean_name(self.cleaned_data["name_prefix"])

    def clean_last_name(self):
        return clean_name(self.cleaned_data["last_name"])


class ProfileForm(NameMixin, forms.ModelForm):
    """Name and text, the association's own questions, each with who may see the answer, and interests."""

    photo_file = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    )
    without_photo = forms.BooleanField(label=_("Take my photo away"), required=False)
    interest_ids = RowsField(
        Interest.objects.all(), label=_("Interests"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_interests = forms.CharField(
        label=_("Other interests"), help_text=_("Separate them with commas."), max_length=200, required=False
    )

    name_and_photo = ["photo_file", "without_photo", "first_name", "name_prefix", "last_name"]
    field_order = [*name_and_photo, "about"]

    class Meta:
        model = Member
        fields = ["first_name", "name_prefix", "last_name", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_name"].required = True
        self.initial["interest_ids"] = list(self.instance.interests.values_list("pk", flat=True))
        if not self.fields["interest_ids"].queryset.exists():
            del self.fields["interest_ids"]
        if not self.instance.photo:
            del self.fields["without_photo"]
        self.questions = own_answers(self.instance)
        for field, value in self.questions:
            self._add_question(field, value)

    def _add_question(self, field: ProfileField, value) -> None:
        answer, audience = f"answer_{field.pk}", f"audience_{field.pk}"
        self.fields[answer] = question_field(field)
        self.fields[audience] = forms.ChoiceField(
            label=_("Who sees “%(name)s”") % {"name": field.name}, choices=Audience.choices
        )
        self.initial[answer] = (value.proposed or value.value) if value else ""
        self.initial[audience] = value.audience if value else field.audience

    def own_values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    def answers(self) -> dict[int, tuple[str, str]]:
        return {
            field.pk: (
                str(self.cleaned_data.get(f"answer_{field.pk}") or "").strip(),
                self.cleaned_data[f"audience_{field.pk}"],
            )
            for field, _value in self.questions
        }

    def interests(self) -> dict:
        new = [clean_name(word) for word in self.cleaned_data["new_interests"].split(",")]
        return {
            "interests": list(self.cleaned_data.get("interest_ids", ())),
            "new": [word for word in new if word],
        }


class NameAndPhotoForm(ProfileForm):
    """The first step of the welcome; what others see comes in the second."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = []
        for name in [name for name in self.fields if name not in self.name_and_photo]:
            del self.fields[name]

    def interests(self) -> dict:
        return {"interests": list(self.instance.interests.all()), "new": []}


class WhatOthersSeeForm(ProfileForm):
    """The second step: the association's questions, each with who sees the answer, and interests."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name in self.name_and_photo]:
            del self.fields[name]


def question_field(field: ProfileField):
    """The form field for a question that the association made."""
    common = {"label": field.name, "help_text": field.hint, "required": False}
    if field.kind == ProfileField.Kind.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *((each, each) for each in field.options)], **common)
    if field.kind == ProfileField.Kind.DATE:
        return forms.DateField(widget=DATE["widget"], **common)
    if field.kind == ProfileField.Kind.LONG_TEXT:
        return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if field.kind == ProfileField.Kind.PHONE:
        return forms.RegexField(r"^[0-9 +()./-]{6,20}$", widget=forms.TextInput(attrs={"type": "tel"}), **common)
    return forms.CharField(max_length=200, **common)


class SettingsForm(forms.ModelForm):
    """One group of settings at a time: the fields that were sent are the fields that change."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    class Meta:
        model = Member
        fields = ["text_size", "readable_font", "scheme", "language", "consent", "is_listed", "shows_groups"]
        widgets = {
            "text_size": forms.RadioSelect,
            "scheme": forms.RadioSelect,
            "consent": forms.RadioSelect,
        }


class ApplyForm(NameMixin, forms.ModelForm):
    terms = forms.BooleanField(label=_("I agree with the rules of the association and with how it keeps my data"))
    # A field that people do not see and machines like to fill in.
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Application
        fields = ["first_name", "name_prefix", "last_name", "email", "kind", "motivation"]
        widgets = {"motivation": forms.Textarea(attrs={"rows": 4})}

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this empty."))
        return ""

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class DecideForm(forms.Form):
    """Yes or no, with a sentence. The button that was pressed is the decision."""

    decision = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    answer = forms.CharField(max_length=1000, required=False)

    def values(self) -> dict:
        return {"accept": self.cleaned_data["decision"] == "yes", "answer": self.cleaned_data["answer"]}


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=AssociationRole.choices)
    starts_on = forms.DateField(label=_("From"), initial=timezone.localdate, **DATE)
    ends_on = forms.DateField(label=_("Up to and including"), **DATE)

    def clean(self):
        values = super().clean()
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day comes after the first."))
        return values


class ChildForm(NameMixin, forms.Form):
    first_name = forms.CharField(label=_("First name"), max_length=60)
    name_prefix = forms.CharField(label=_("Prefix"), max_length=20, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    kind = forms.ModelChoiceField(
        MembershipKind.objects.all(), label=_("Kind of membership"), empty_label=_("Choose a kind")
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File with members"),
        help_text=_("CSV or Excel, with the names of the columns on the first line."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class EndForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Last day"), widget=DATE["widget"], help_text=_("After this day the groups, roles and rights are gone.")
    )


class KindForm(forms.Form):
    kind = forms.ModelChoiceField(
        MembershipKind.objects.all(), label=_("Kind of membership"), empty_label=_("Choose a kind")
    )


class RecordForm(NameMixin, forms.ModelForm):
    """Name, number and address as the association has them on record."""

    class Meta:
        model = Member
        fields = ["first_name", "name_prefix", "last_name", "number", "email"]

    def clean_email(self):
        return (self.cleaned_data["email"] or "").lower() or None

    def clean_number(self):
        return self.cleaned_data["number"] or None

    def validate_unique(self):
        """The service says who has it already, in words; two people at once would get past a question here."""


class IdleForm(forms.Form):
    idle_minutes = forms.TypedChoiceField(
        label=_("Ask for proof again"), choices=Member.Idle, coerce=int, widget=forms.RadioSelect
    )


class SafetyForm(forms.Form):
    second_factor_for = forms.MultipleChoiceField(
        label=_("Who else needs a second step?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    idle_minutes = forms.IntegerField(
        label=_("Lock after how many minutes without a tap?"),
        min_value=5,
        max_value=LONGEST_IDLE,
        help_text=_("For community managers, the board, treasurers, and Geldchefs with their deputies. 5 to 480."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["second_factor_for"].choices = selectable()


class SupportForm(forms.Form):
    helper = forms.ModelChoiceField(Member.objects.none(), label=_("Who may look"), empty_label=_("Choose somebody"))
    minutes = forms.TypedChoiceField(
        label=_("For how long"), coerce=int, choices=SupportAccess.Minutes.choices, widget=forms.RadioSelect,
        initial=SupportAccess.Minutes.HALF_HOUR,
    )  # fmt: skip
    with_direct = forms.BooleanField(
        label=_("Private messages too"),
        required=False,
        help_text=_("Only when your question is about them: the other person in the conversation did not say yes."),
    )

    def __init__(self, *args, helpers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = helpers
        self.fields["helper"].label_from_instance = lambda person: person.display_name
