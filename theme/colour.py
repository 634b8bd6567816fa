"""Colours as people see them: OKLCH (Ottosson, 2020), clipped to sRGB, and the contrast of WCAG 2.2."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0-1, chroma 0-0.4, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    def at_most(self, *, lightness: float = 1.0, chroma: float = 1.0) -> "Oklch":
        return replace(self, lightness=min(self.lightness, lightness), chroma=min(self.chroma, chroma))

    def at_least(self, *, lightness: float) -> "Oklch":
        return replace(self, lightness=max(self.lightness, lightness))

    def scaled(self, chroma: float) -> "Oklch":
        return replace(self, chroma=self.chroma * chroma)

    def hex(self) -> str:
        """The nearest colour a screen can show: chroma is lowered until it fits, lightness and hue stay."""
        rgb = _linear_rgb(self)
        if not _fits(rgb):
            rgb = _linear_rgb(replace(self, chroma=_widest_chroma(self)))
        return "#" + "".join(f"{round(_gamma(min(1.0, max(0.0, part))) * 255):02x}" for part in rgb)


def _widest_chroma(colour: Oklch) -> float:
    low, high = 0.0, colour.chroma
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(_linear_rgb(replace(colour, chroma=middle))) else (low, middle)
    return low


def _fits(rgb: tuple[float, float, float]) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in rgb)


def oklch(hex_colour: str) -> Oklch:
    red, green, blue = linear_rgb(hex_colour)
    l_ = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    m_ = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    s_ = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_
    b = 0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_
    return Oklch(0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_, math.hypot(a, b), math.atan2(b, a))


def _linear_rgb(colour: Oklch) -> tuple[float, float, float]:
    a, b = colour.chroma * math.cos(colour.hue), colour.chroma * math.sin(colour.hue)
    l_ = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )


def linear_rgb(hex_colour: str) -> tuple[float, float, float]:
    parts = (int(hex_colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@lru_cache(maxsize=1024)
def luminance(hex_colour: str) -> float:
    red, green, blue = linear_rgb(hex_colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio, 1-21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """`one` with a share (0-1) of `other` stirred in, as a screen mixes them."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(own * (1 - share) + foreign * share):02x}" for own, foreign in pairs)
