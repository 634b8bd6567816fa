import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.conversations.errors import NothingToPost, TextTooLong, TooManyFiles
from groups.conversations.models import MAX_TEXT
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
    title = PlainTextField(one_line=True, label=_("Subject"), max_length=120)
    text = TextField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 6}))
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}, **options})


class EditForm(forms.Form):
    text = TextField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 4}))
