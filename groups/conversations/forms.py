import uuid
from datetime import timedelta

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.errors import NothingToPost, TextTooLong, TooManyFiles
from groups.conversations.models import MAX_TEXT, AutoAnswer, TalkChoices, TalkRules
from groups.conversations.text import excerpt
from groups.people.access import visible_members
from groups.people.picking import PeopleField, PickingForm, choose_from
from theme.cleantext import PlainTextField
from theme.upload_fields import FilesField


class TextField(PlainTextField):
    """The words of a message, with the refusals of the service as its messages."""

    def __init__(self, **options):
        super().__init__(
            max_length=MAX_TEXT,
            error_messages={"required": NothingToPost.message, "max_length": TextTooLong.message},
            **options,
        )


class MessageForm(forms.Form):
    """One message. `key` is the page's own mark, so that sending again never doubles."""

    text = TextField(label=_("Message"), required=False, widget=forms.Textarea(attrs={"rows": 1}))
    files = FilesField(label=_("Photos, videos and files"), required=False, too_many=TooManyFiles.message)
    description = PlainTextField(one_line=True, label=_("What is on the photo?"), required=False, max_length=200)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    quote = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}, **options})


class ThreadForm(forms.Form):
    """`title` and `text` are what to begin with."""

    title = PlainTextField(one_line=True, label=_("Subject"), max_length=120)
    text = TextField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 6}))
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, title: str = "", text: str = "", **options):
        super().__init__(*args, **{"initial": {"key": uuid.uuid4(), "title": title, "text": text}, **options})


class MoveForm(forms.Form):
    """Which messages go, and where: into a new discussion, or to the end of one that is there."""

    numbers = forms.TypedMultipleChoiceField(
        label=_("Which messages?"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    title = PlainTextField(one_line=True, label=_("Subject of the new discussion"), required=False, max_length=120)
    to = forms.ModelChoiceField(
        None, label=_("Or to a discussion that is there"), required=False, empty_label=_("A new discussion")
    )

    def __init__(self, *args, messages, targets, **options):
        super().__init__(*args, **options)
        self.fields["numbers"].choices = [(message.number, _summary(message)) for message in messages]
        self.fields["to"].queryset = targets
        if messages:
            self.initial["numbers"] = [messages[0].number]

    def clean(self):
        if not self.cleaned_data.get("to") and not self.cleaned_data.get("title") and "to" not in self.errors:
            self.add_error("title", _("Give the new discussion a subject, or choose one that is there."))
        return self.cleaned_data


def _summary(message) -> str:
    author = message.author.first_name if message.author else ""
    return f"{author}: {excerpt(message.text, 90) or ', '.join(file.name for file in message.attachments.all())}"


class AnswerForm(forms.Form):
    trigger = forms.ChoiceField(label=_("When?"), choices=AutoAnswer.Trigger.choices, widget=forms.RadioSelect)
    keywords = PlainTextField(
        one_line=True, label=_("Words"), required=False, max_length=200, help_text=_("Separated by commas.")
    )
    text = PlainTextField(label=_("The answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self):
        wants_words = self.cleaned_data.get("trigger") == AutoAnswer.Trigger.KEYWORD
        if wants_words and not self.cleaned_data.get("keywords", "").strip(", "):
            self.add_error("keywords", _("Give at least one word."))
        return self.cleaned_data


class StatusForm(forms.Form):
    text = PlainTextField(
        one_line=True,
        label=_("What may others read beside your name?"),
        required=False,
        max_length=80,
        help_text=_("For example: on holiday, or at the boats on Tuesday. Empty takes it away."),
    )
    until = forms.DateField(
        label=_("Up to and including"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def clean_until(self):
        day, today = self.cleaned_data["until"], timezone.localdate()
        if day and not today <= day <= today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a day from today up to a year ahead."))
        return day

    def clean(self):
        if self.cleaned_data.get("text") and not self.cleaned_data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the last day on which others see it."))
        return self.cleaned_data


class EditForm(forms.Form):
    text = TextField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}))


class DirectForm(PickingForm):
    """Who to write to. Whether they want that is for the service to say."""

    members = PeopleField(label=_("To"))

    def __init__(self, *args, member, initial=None, **options):
        super().__init__(*args, **options)
        choose_from(self.fields["members"], visible_members(member).exclude(pk=member.pk), member)
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
