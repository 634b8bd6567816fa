"""Whose house this is: name, colour and crest of the association, registered by the app that stores them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class House:
    """`colour` is one hex like `#0f5c7a`; everything else of the house style is computed from it."""

    name: str = "Paraplu"
    colour: str = "#0f5c7a"
    crest_url: str = ""
    tagline: str = ""


_provide: Callable[[], House] = House


def provides_house(function: Callable[[], House]) -> Callable[[], House]:
    """Let `function` answer whose house this is; the last one registered counts."""
    global _provide
    _provide = function
    return function


def house() -> House:
    return _provide()
