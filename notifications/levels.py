"""How much a member wants to hear, in one tap: a ready-made set of choices for every kind that can be chosen."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.kinds import NoticeKind, notice_kinds
from notifications.models import Channel, ChannelChoice, NoticeSettings, Timing


class Level(models.TextChoices):
    CALM = "calm", _("Quiet: one summary, and only what is for me personally")
    NORMAL = "normal", _("As usual: what asks something of me at once, the rest in the summary")
    EVERYTHING = "everything", _("Everything at once")


def timing_at(level: str, kind: NoticeKind, channel: str) -> str:
    """When `channel` carries `kind` at this level. What a channel never carries stays off."""
    usual = kind.timing(channel)
    if usual == Timing.OFF or level == Level.NORMAL:
        return usual
    if level == Level.EVERYTHING or kind.personal:
        return Timing.NOW
    return Timing.DIGEST if channel == Channel.MAIL else Timing.OFF


def level_of(member) -> str:
    """The level that the member's choices for everywhere amount to; empty when they made a set of their own."""
    own = ChannelChoice.objects.filter(member=member, place="").values_list("kind", "channel", "timing")
    chosen = {(kind, channel): timing for kind, channel, timing in own}
    pairs = [(kind, channel) for kind in notice_kinds() if kind.optional for channel in Channel.values]
    settings = NoticeSettings.objects.filter(member=member).first()
    one_a_day = settings is None or settings.one_a_day
    for level in Level.values:
        if one_a_day != (level == Level.EVERYTHING) and all(
            chosen.get((kind.code, channel), kind.timing(channel)) == timing_at(level, kind, channel)
            for kind, channel in pairs
        ):
            return level
    return ""
