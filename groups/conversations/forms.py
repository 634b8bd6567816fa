import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.conversations.errors import NothingToPost, TextTooLong
from groups.conversations.models import MAX_TEXT
from theme.cleantext import PlainTextField


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

    text = TextField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 1}))
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
