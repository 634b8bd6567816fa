"""The association as the pages show it: name, colour and crest. Who knows it registers with `provides_house`."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse

from theme.house_style import HouseStyle, dark_style, light_style, style_sheet


@dataclass(frozen=True, slots=True)
class House:
    """`colour` is a hex value (#rrggbb). `crest` opens the bytes of a picture; `crest_version` changes with it.

    Without a crest the tile shows `icon`, a name from theme/icons.py, and without that the initial.
    """

    name: str = "Paraplu"
    colour: str = "#0e5a78"
    tagline: str = ""
    icon: str = "umbrella"
    crest: Callable[[], bytes] | None = None
    crest_version: str = ""

    @property
    def initial(self) -> str:
        return self.name[:1].upper()

    @property
    def crest_url(self) -> str:
        return self.icon_url("crest", 192) if self.crest else ""

    @property
    def style_version(self) -> str:
        return sha256(style_sheet(self.colour).encode()).hexdigest()[:12]

    @property
    def icon_version(self) -> str:
        seed = f"{self.colour} {self.initial} {self.crest_version}"
        return sha256(seed.encode()).hexdigest()[:12]

    @property
    def style_url(self) -> str:
        return reverse("house_style", args=[self.style_version])

    def icon_url(self, kind: str, size: int) -> str:
        return reverse("house_icon", args=[kind, size, self.icon_version])

    @property
    def touch_icon_url(self) -> str:
        return self.icon_url("touch", 180)

    @property
    def favicon_url(self) -> str:
        return self.icon_url("any", 48)

    @property
    def light(self) -> HouseStyle:
        return light_style(self.colour)

    @property
    def dark(self) -> HouseStyle:
        return dark_style(self.colour)


_provider: Callable[[], House] = House


def provides_house(function: Callable[[], House]) -> Callable[[], House]:
    """Register the one function that knows the association; used as a decorator at start-up."""
    global _provider
    _provider = function
    return function


def house() -> House:
    return _provider()
