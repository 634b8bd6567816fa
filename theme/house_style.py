"""House style: everything that carries the association's colour, computed from one hex value.

A club chooses a colour, not a palette; yellow and pale pink must still give readable buttons and
links. Each derived colour therefore moves along its own hue until its contrast is reached. The
grounds take a fixed share of the chroma, so that a quiet house colour gives quiet tints.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from theme.colour import Oklch, contrast, mixed, oklch

WHITE, BLACK = "#ffffff", "#0d1117"
TEXT_CONTRAST, EDGE_CONTRAST = 4.5, 3.0  # WCAG 2.2 AA: 1.4.3 and 1.4.11
STEP = 0.01
BADGE, ON_BADGE = "#ffd166", "#1a2129"


@dataclass(frozen=True, slots=True)
class Scheme:
    """The neutral grounds the house colour stands on; the same values as in base.css."""

    paper: str
    surface: str
    sunken: str
    ink: str

    @property
    def grounds(self) -> tuple[str, str, str]:
        return self.paper, self.surface, self.sunken


LIGHT = Scheme(paper="#f6f3ee", surface="#ffffff", sunken="#efebe4", ink="#1a2129")
DARK = Scheme(paper="#12161b", surface="#1b2128", sunken="#252c34", ink="#eef0f1")


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Hex values; the field names are the custom properties of the style sheet."""

    crest_ink: str  # on the white crest tile, in both schemes
    brand: str
    on_brand: str
    brand_ink: str
    brand_tint: str
    brand_line: str
    band: str
    on_band: str
    on_band_quiet: str
    badge: str
    on_badge: str


@lru_cache(maxsize=64)
def light_style(colour: str) -> HouseStyle:
    own = oklch(colour)
    brand = next(shade for shade in _darker(own, colour) if _reaches(shade, (_on(shade),)))
    tint = Oklch(0.945, min(own.chroma * 0.17, 0.028), own.hue).hex()
    grounds = (*LIGHT.grounds, tint)
    ink = next(shade for shade in _darker(own.at_most(lightness=0.60)) if _reaches(shade, grounds))
    return HouseStyle(ink, brand, _on(brand), ink, tint, _line(brand, ink, LIGHT), *_band(brand))


@lru_cache(maxsize=64)
def dark_style(colour: str) -> HouseStyle:
    own = oklch(colour)
    vivid = own.scaled(1.2).at_most(chroma=0.13)
    brand = vivid.at_least(lightness=0.74).hex()
    tint = Oklch(0.31, min(own.chroma * 0.6, 0.05), own.hue).hex()
    grounds = (*DARK.grounds, tint)
    ink = next(shade for shade in _lighter(vivid.at_least(lightness=0.78)) if _reaches(shade, grounds))
    band = own.scaled(0.6).at_most(lightness=0.31, chroma=0.07).hex()
    crest_ink = light_style(colour).brand_ink
    return HouseStyle(crest_ink, brand, _on(brand), ink, tint, _line(brand, ink, DARK), *_band(band))


def _darker(colour: Oklch, first: str | None = None) -> Iterator[str]:
    """The colour itself (as written, so that rounding does not change a club's hex), then ever darker."""
    yield first or colour.hex()
    yield from _along(colour, -STEP)
    yield BLACK


def _lighter(colour: Oklch) -> Iterator[str]:
    yield colour.hex()
    yield from _along(colour, STEP)
    yield WHITE


def _along(colour: Oklch, step: float) -> Iterator[str]:
    lightness = colour.lightness + step
    while 0 < lightness < 1:
        yield Oklch(lightness, colour.chroma, colour.hue).hex()
        lightness += step


def _reaches(shade: str, grounds: tuple[str, ...], ratio: float = TEXT_CONTRAST) -> bool:
    return all(contrast(shade, ground) >= ratio for ground in grounds)


def _on(ground: str) -> str:
    return max(WHITE, BLACK, key=lambda text: contrast(text, ground))


def _line(brand: str, ink: str, scheme: Scheme) -> str:
    """Edges and bars: the brand where it can be seen, else its ink (a yellow button keeps yellow, gets a dark edge)."""
    return brand if _reaches(brand, scheme.grounds, EDGE_CONTRAST) else ink


def _band(band: str) -> tuple[str, str, str, str, str]:
    """The band with its text, its quieter text, and the unread count in it."""
    text = _on(band)
    quiet = mixed(text, band, 0.14)
    return band, text, quiet if contrast(quiet, band) >= TEXT_CONTRAST else text, *_badge(band)


def _badge(band: str) -> tuple[str, str]:
    """The unread count in the band: yellow, unless the band is too yellow itself."""
    return (BADGE, ON_BADGE) if contrast(BADGE, band) >= EDGE_CONTRAST else (_on(band), band)


# --- Style sheet ------------------------------------------------------------------------------------
@lru_cache(maxsize=64)
def style_sheet(colour: str) -> str:
    light, dark = _properties(light_style(colour)), _properties(dark_style(colour))
    return (
        f":root{{{light}}}\n"
        f'@media (prefers-color-scheme:dark){{:root:not([data-scheme="light"]){{{dark}}}}}\n'
        f':root[data-scheme="dark"]{{{dark}}}\n'
    )


def _properties(style: HouseStyle) -> str:
    return ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in asdict(style).items())


# --- Preview in the settings ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Measurement:
    """One promise and what this colour makes of it; `ratio` is rounded down to one decimal."""

    label: str | Promise
    foreground: str
    background: str
    ratio: float
    needed: float

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.needed


PROMISES: tuple[tuple[str | Promise, Callable, Callable, float], ...] = (
    (_("Text on a button"), lambda s, g: s.on_brand, lambda s, g: s.brand, TEXT_CONTRAST),
    (_("Text in the coloured band"), lambda s, g: s.on_band, lambda s, g: s.band, TEXT_CONTRAST),
    (_("Quiet text in the coloured band"), lambda s, g: s.on_band_quiet, lambda s, g: s.band, TEXT_CONTRAST),
    (_("Link on paper"), lambda s, g: s.brand_ink, lambda s, g: g.paper, TEXT_CONTRAST),
    (_("Link on a card"), lambda s, g: s.brand_ink, lambda s, g: g.surface, TEXT_CONTRAST),
    (_("Link on a sunken surface"), lambda s, g: s.brand_ink, lambda s, g: g.sunken, TEXT_CONTRAST),
    (_("Link on the tint"), lambda s, g: s.brand_ink, lambda s, g: s.brand_tint, TEXT_CONTRAST),
    (_("Text on the tint"), lambda s, g: g.ink, lambda s, g: s.brand_tint, TEXT_CONTRAST),
    (_("Edge of a button on paper"), lambda s, g: s.brand_line, lambda s, g: g.paper, EDGE_CONTRAST),
    (_("Edge of a button on a card"), lambda s, g: s.brand_line, lambda s, g: g.surface, EDGE_CONTRAST),
    (_("Bar on its track"), lambda s, g: s.brand_line, lambda s, g: g.sunken, EDGE_CONTRAST),
    (_("Unread count in the band"), lambda s, g: s.on_badge, lambda s, g: s.badge, TEXT_CONTRAST),
    (_("Edge of the unread count"), lambda s, g: s.badge, lambda s, g: s.band, EDGE_CONTRAST),
)


def contrast_report(colour: str) -> dict[str, list[Measurement]]:
    """Every promise measured, under "light" and "dark"; used by the settings preview and by the tests."""
    schemes = {"light": (light_style(colour), LIGHT), "dark": (dark_style(colour), DARK)}
    return {
        name: [_measure(style, scheme, *promise) for promise in PROMISES] for name, (style, scheme) in schemes.items()
    }


def _measure(style: HouseStyle, scheme: Scheme, label, foreground, background, needed) -> Measurement:
    front, back = foreground(style, scheme), background(style, scheme)
    return Measurement(label, front, back, int(contrast(front, back) * 10) / 10, needed)
