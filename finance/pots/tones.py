"""In what tone a step reminds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tone(models.TextChoices):
    FRIENDLY = "friendly", _("cheerful")
    PLAIN = "plain", _("short and plain")
    CLEAR = "clear", _("clear")


def tone_of(pot, day: int | None) -> str:
    """The tone of a step; cheerful up to the day itself, plain after it, unless the Geldchef chose."""
    chosen = pot.remind_tones.get(str(day))
    if chosen in Tone.values:
        return chosen
    return Tone.PLAIN if day is not None and day > 0 else Tone.FRIENDLY
