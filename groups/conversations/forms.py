import uuid

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from groups.conversations.errors import NothingToPost, TextTooLong, TooManyFiles
from groups.conversations.models import MAX_TEXT, TalkChoices, TalkRules
from groups.people.access import visible_members
from groups.people.picking import PeopleField, PickingForm
from theme.cleantext import PlainTextField
from theme.errors import Refusal
from theme.uploads import take_in

MAX_FILES = 10


class TextField(PlainTextField):
    """The words of a message, with the refusals of the service as its messages."""

    def __init__(self, **options):
        super().__init__(
            max_length=MAX_TEXT,
            error_messages={"required": NothingToPost.message, "max_length": TextTooLong.message},
            **options,
        )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each judged by its content; a refusal becomes the error of the field."""

    widget = FilesInput

    def clean(self, value, initial=None):
        uploads = [upload for upload in value or [] if upload]
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(TooManyFiles.message)
        try:
            return [take_in(upload) for upload in uploads]
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None


class MessageForm(forms.Form):
    """One message. `key` is the page's own mark, so that sending again never doubles."""

    text = TextField(label=_("Message"), required=False, widget=forms.Textarea(attrs={"rows": 1}))
    files = FilesField(label=_("Photos, videos and files"), required=False)
    description = PlainTextField(one_line=True, label=_("What is on the photo?"), required=False, max_length=200)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    quote = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}, **options})


class ThreadForm(forms.Form):
    """`title` is what was typed already on the page before."""

    title = PlainTextField(one_line=True, label=_("Subject"), max_length=120)
    text = TextField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 6}))
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, title: str = "", **options):
        super().__init__(*args, **{"initial": {"key": uuid.uuid4(), "title": title}, **options})


class EditForm(forms.Form):
    text = TextField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}))


class DirectForm(PickingForm):
    """Who to write to. Whether they want that is for the service to say."""

    members = PeopleField(label=_("To"))

    def __init__(self, *args, member, initial=None, **options):
        super().__init__(*args, **options)
        self.fields["members"].queryset = visible_members(member).exclude(pk=member.pk)
        to = (initial or {}).get("to") or ""
        self.initial["members"] = [int(to)] if to.isdecimal() and len(to) < 10 else []


class ChoicesForm(forms.Form):
    who_may_write = forms.ChoiceField(
        label=_("Who may send you messages?"), choices=TalkChoices.Writers.choices, widget=forms.RadioSelect
    )
    shares_reading = forms.BooleanField(
        label=_("Show others that I have read their message"),
        required=False,
        help_text=_("Switched off, you do not see it of others either."),
    )
    shares_last_seen = forms.BooleanField(
        label=_("Show others when I was last here"),
        required=False,
        help_text=_("Never more precise than “today” or “this week”. You see it only of who shows it too."),
    )

    @staticmethod
    def values_of(choices: TalkChoices) -> dict:
        return {
            "who_may_write": choices.who_may_write,
            "shares_reading": choices.shares_reading_since is not None,
            "shares_last_seen": choices.shares_last_seen,
        }


class RulesForm(forms.ModelForm):
    meeting_url = forms.URLField(
        label=_("Meeting room on the web"),
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
    )

    class Meta:
        model = TalkRules
        fields = [
            "hides_history",
            "label",
            "warned_words",
            "answers_from",
            "answers_until",
            "answers_at_weekends",
            "answer_days",
            "meeting_url",
        ]
        widgets = {
            "answers_from": forms.TimeInput({"type": "time"}),
            "answers_until": forms.TimeInput({"type": "time"}),
        }

    def clean(self):
        begin, end = self.cleaned_data.get("answers_from"), self.cleaned_data.get("answers_until")
        if (begin is None) != (end is None) or (begin and end and end <= begin):
            raise forms.ValidationError(_("Give both hours, the first before the last, or none."))
        return self.cleaned_data
