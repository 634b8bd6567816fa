from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from theme.cleantext import PlainTextField

NOTICE = timedelta(days=30)  # a proposal; who publishes chooses the day


class TextForm(forms.Form):
    """The next version of the privacy statement or the terms, in both languages."""

    text = PlainTextField(label=_("Text in Dutch"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}))
    text_en = PlainTextField(label=_("Text in English"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}))
    changes = PlainTextField(label=_("What changes, in Dutch"), max_length=300, widget=forms.TextInput)
    changes_en = PlainTextField(label=_("What changes, in English"), max_length=300, widget=forms.TextInput)
    takes_effect_on = forms.DateField(
        label=_("Takes effect on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("From this day members accept it before they go on. Give them time to read it."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, last=None, **options):
        day = timezone.localdate() + NOTICE
        words = {"text": last.text, "text_en": last.text_en} if last else {}
        initial = {"based_on": last.version if last else 0, "takes_effect_on": day, **words}
        super().__init__(*args, initial=initial, **options)
        for name in ("changes", "changes_en"):
            self.fields[name].required = last is not None
