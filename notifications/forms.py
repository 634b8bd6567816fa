"""The shape of what a member fills in about notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.kinds import notice_kinds
from notifications.levels import Level
from notifications.models import Channel, ChannelChoice, NoticeSettings, Timing

AS_EVERYWHERE = ("", _("As everywhere"))
PUSH_TIMINGS = [(Timing.NOW, Timing.NOW.label), (Timing.OFF, Timing.OFF.label)]


class HoursForm(forms.ModelForm):
    class Meta:
        model = NoticeSettings
        fields = [
            "quiet_from",
            "quiet_until",
            "quiet_weekend",
            "zone",
            "digest",
            "digest_hour",
            "digest_weekday",
            "push_level",
            "weekly_budget",
            "one_a_day",
        ]
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "weekly_budget": forms.NumberInput(attrs={"min": 1, "max": 500, "inputmode": "numeric"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weekly_budget"].min_value = 1
        self.fields["quiet_until"].label, self.fields["quiet_until"].help_text = _("Quiet until"), ""
        for name in ("digest_hour", "digest_weekday"):
            self.fields[name].required = self.fields[name].says_optional = False

    def clean_digest_hour(self):
        return self._or_present("digest_hour")

    def clean_digest_weekday(self):
        return self._or_present("digest_weekday")

    def _or_present(self, name):
        value = self.cleaned_data[name]
        return getattr(self.instance, name) if value in (None, "") else value


class ChoicesForm(forms.Form):
    """One row per kind of notice, with a choice per channel; for one place with “as everywhere” in front."""

    def __init__(self, *args, member, place: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = [kind for kind in notice_kinds() if kind.optional]
        own = {
            (choice.kind, choice.channel): choice.timing
            for choice in ChannelChoice.objects.filter(member=member, place=place)
        }
        self.has_own = bool(own)
        before = [AS_EVERYWHERE] if place else []
        for kind in self.kinds:
            for channel, choices in ((Channel.MAIL, Timing.choices), (Channel.PUSH, PUSH_TIMINGS)):
                default = "" if place else kind.timing(channel)
                self.fields[self._name(kind, channel)] = forms.ChoiceField(
                    label=f"{kind.label}: {channel.label}",
                    choices=[*before, *choices],
                    required=False,
                    initial=own.get((kind.code, channel), default),
                )

    @staticmethod
    def _name(kind, channel) -> str:
        return f"{channel}-{kind.code}"

    def rows(self):
        for kind in self.kinds:
            yield {
                "kind": kind,
                "mail": self[self._name(kind, Channel.MAIL)],
                "push": self[self._name(kind, Channel.PUSH)],
            }

    def choices(self):
        """(kind, channel, timing or None) of every field that was sent along."""
        for kind in self.kinds:
            for channel in Channel:
                name = self._name(kind, channel)
                if name in self.data:
                    yield kind.code, channel, self.cleaned_data[name] or None


class LevelForm(forms.Form):
    level = forms.ChoiceField(choices=Level.choices)


class MuteForm(forms.Form):
    length = forms.ChoiceField(choices=[(name, name) for name in ("hour", "work", "week", "always")])
    keeps_mentions = forms.BooleanField(required=False)


class DeviceForm(forms.Form):
    endpoint = forms.URLField(max_length=500, assume_scheme="https")
    public_key = forms.RegexField(r"^[A-Za-z0-9_=-]{80,120}$")
    secret = forms.RegexField(r"^[A-Za-z0-9_=-]{16,60}$")
