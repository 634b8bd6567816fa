"""Fields that several forms of polls use."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DATETIME_LOCAL = "%Y-%m-%dT%H:%M"


def next_week_at_eight():
    """A closing time that suits most polls: a week from now, 20.00 in Amsterdam."""
    return timezone.localtime(timezone.now() + timedelta(days=7)).replace(hour=20, minute=0, second=0, microsecond=0)


class MomentField(forms.DateTimeField):
    def __init__(self, **fields):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input-short"}, format=DATETIME_LOCAL)
        super().__init__(widget=widget, input_formats=[DATETIME_LOCAL, "%Y-%m-%d %H:%M"], **fields)


class LinesField(forms.CharField):
    """One text per line."""

    def __init__(self, **fields):
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), max_length=10_000, **fields)

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("Keep each option under 200 characters."))
        if len(lines) > 100:
            raise forms.ValidationError(_("A poll has at most 100 options."))
        return lines


class MomentsField(LinesField):
    """Moments as people write them, one per line, kept as wall time: "2026-12-04T20:00"."""

    FORMATS = ("%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")

    def clean(self, value):
        return [self._moment(line) for line in super().clean(value)]

    def _moment(self, line: str) -> str:
        for pattern in self.FORMATS:
            try:
                return datetime.strptime(line, pattern).isoformat(timespec="minutes")  # noqa: DTZ007 — wall time
            except ValueError:
                continue
        raise forms.ValidationError(
            _("Write each moment as a date and a time, for example 4-12-2026 20.00, and not “%(line)s”."),
            params={"line": line[:40]},
        )


class DayField(forms.DateField):
    def __init__(self, **fields):
        widget = forms.DateInput(attrs={"type": "date", "class": "input-short"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d-%m-%Y"], **fields)


def receipts_field():
    return forms.BooleanField(
        label=_("In a secret poll: give everybody a code to check the count"),
        help_text=_("Afterwards each choice is shown beside its code. Who is put under pressure can be asked for it."),
        required=False,
    )


QUORUMS = [("", _("None")), *((part, part) for part in ("1/10", "1/4", "1/3", "1/2", "2/3", "3/4"))]


def number(label, least, most, initial, **fields):
    widget = forms.NumberInput(attrs={"class": "input-short"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, initial=initial, widget=widget, **fields)
