"""Whatever colour a club has: text, links and edges can be read, in light and dark."""

import itertools

import pytest

from theme.colour import contrast, oklch
from theme.house_style import DARK, LIGHT, contrast_report, dark_style, light_style, style_sheet

PETROL = "#0e5a78"
STEPS = [f"{step:02x}" for step in range(0, 256, 17)]


@pytest.mark.parametrize("red", STEPS)
def test_every_promise_holds_for_4096_colours(red):
    broken = [
        (colour, scheme, measured)
        for colour in (f"#{red}{green}{blue}" for green, blue in itertools.product(STEPS, STEPS))
        for scheme, measurements in contrast_report(colour).items()
        for measured in measurements
        if contrast(measured.foreground, measured.background) < measured.needed
    ]

    assert broken == []


def test_readable_house_colour_stays_exactly_as_the_club_wrote_it():
    style = light_style(PETROL)

    assert (style.brand, style.band, style.brand_ink, style.brand_line) == (PETROL, PETROL, PETROL, PETROL)


def test_yellow_button_keeps_its_yellow_and_gets_a_dark_edge():
    style = light_style("#ffd400")

    assert (style.brand, style.on_brand) == ("#ffd400", "#0d1117")
    assert style.brand_line == style.brand_ink
    assert contrast(style.brand_line, LIGHT.surface) >= 4.5


def test_dark_band_is_deep_and_dark_brand_is_light():
    style = dark_style(PETROL)

    assert oklch(style.band).lightness <= 0.33
    assert oklch(style.brand).lightness >= 0.735
    assert contrast(style.brand, DARK.paper) >= 4.5


def test_style_sheet_serves_device_and_chosen_scheme():
    css = style_sheet(PETROL)

    assert css.count(f"--brand:{dark_style(PETROL).brand}") == 2
    assert ':root:not([data-scheme="light"])' in css
    assert ':root[data-scheme="dark"]' in css


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#808080", "#ff0000", "#00ff00", "#0000ff", PETROL])
def test_colour_survives_the_way_to_oklch_and_back(colour):
    assert oklch(colour).hex() == colour
