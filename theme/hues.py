"""The seven hues of signs and avatars; base.css has a class hue-<name> for each."""

from django.utils.translation import pgettext_lazy

HUES = ("teal", "rose", "violet", "amber", "green", "blue", "slate")
HUE_CHOICES = (
    ("teal", pgettext_lazy("colour", "Teal")),
    ("rose", pgettext_lazy("colour", "Rose")),
    ("violet", pgettext_lazy("colour", "Violet")),
    ("amber", pgettext_lazy("colour", "Amber")),
    ("green", pgettext_lazy("colour", "Green")),
    ("blue", pgettext_lazy("colour", "Blue")),
    ("slate", pgettext_lazy("colour", "Slate")),
)


def hue_for(number: int) -> str:
    """The hue of whoever has not chosen one: fixed by id, so that it is the same on every screen."""
    return HUES[number % len(HUES)]
