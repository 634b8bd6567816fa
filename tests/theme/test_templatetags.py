"""Amounts, days, times and pictures as the Dutch and the English expect them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from theme.icons import NAMES

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=AMSTERDAM)


@dataclass
class Person:
    initials: str
    hue: str = ""
    photo_url: str = ""
    pk: int = 3


@dataclass
class Group:
    icon: str
    hue: str
    pk: int = 2


def shown(source, language="nl", **values):
    with translation.override(language):
        return Template("{% load theme %}" + source).render(Context(values))


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("source", "cents", "dutch", "english"),
    [
        ("{{ cents|amount }}", 4250, "€\xa042,50", "€42.50"),
        ("{{ cents|amount }}", 195500, "€\xa01.955,00", "€1,955.00"),
        ("{{ cents|amount }}", None, "", ""),
        ("{{ cents|whole_amount }}", 195500, "€\xa01.955", "€1,955"),
        ("{{ cents|whole_amount }}", 195550, "€\xa01.955,50", "€1,955.50"),
        ("{{ cents|signed_amount }}", 12750, "+ €\xa0127,50", "+ €127.50"),
        ("{{ cents|signed_amount }}", -30000, "− €\xa0300,00", "− €300.00"),
    ],
)
def test_amount_is_exact_in_both_languages(source, cents, dutch, english):
    assert shown(source, "nl", cents=cents) == dutch
    assert shown(source, "en", cents=cents) == english


@pytest.mark.parametrize(
    ("source", "dutch", "english"),
    [
        ("{{ at|day }}", "vr 28 nov", "Fri 28 Nov"),
        ("{{ at|long_day }}", "vrijdag 28 november", "Friday 28 November"),
        ("{{ at|clock }}", "20.05", "20:05"),
        ("{{ at|short_month }}", "nov", "Nov"),
    ],
)
def test_day_and_clock_follow_the_language(source, dutch, english):
    at = datetime(2025, 11, 28, 20, 5, tzinfo=AMSTERDAM)

    with time_machine.travel(at - timedelta(days=3)):
        assert shown(source, "nl", at=at) == dutch
        assert shown(source, "en", at=at) == english


def test_day_of_another_year_says_which():
    assert shown("{{ at|day }}", at=datetime(2025, 11, 28, tzinfo=AMSTERDAM).date()) == "vr 28 nov 2025"


def test_clock_and_day_are_those_of_amsterdam():
    just_before_midnight_utc = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)

    assert shown("{{ at|day }} {{ at|clock }}", at=just_before_midnight_utc) == "wo 1 jul 0.30"


@pytest.mark.parametrize(
    ("age", "dutch"),
    [
        (timedelta(seconds=20), "zojuist"),
        (timedelta(minutes=1), "1 minuut geleden"),
        (timedelta(minutes=59), "59 minuten geleden"),
        (timedelta(hours=5), "5 uur geleden"),
        (timedelta(hours=23, minutes=59), "23 uur geleden"),
        (timedelta(hours=25), "gisteren"),
        (timedelta(days=3), "ma 23 nov"),
        (timedelta(minutes=-5), "12.05"),
    ],
)
def test_moment_is_relative_up_to_a_day(age, dutch):
    assert f">{dutch}</time>" in shown("{% moment at %}", at=NOON - age)


@pytest.mark.parametrize(
    ("age", "dutch"),
    [(timedelta(hours=2), "10.00"), (timedelta(days=1), "gisteren"), (timedelta(days=7), "do 19 nov")],
)
def test_stamp_gives_clock_yesterday_or_day(age, dutch):
    assert f">{dutch}</time>" in shown("{% stamp at %}", at=NOON - age)


def test_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in shown("{% icon 'bell' %}")
    assert 'role="img" aria-label="Besloten"' in shown("{% icon 'lock' label='Besloten' %}")


def test_unknown_icon_becomes_one_that_exists():
    html = shown("{% icon name %}", name='"><script>')

    assert "#circle-help" in html
    assert "<script>" not in html
    assert "circle-help" in NAMES


def test_group_is_a_squircle_and_person_a_circle():
    assert 'class="sign sign-small hue-rose"' in shown("{% sign g 'small' %}", g=Group("waves", "rose"))
    assert 'class="sign hue-violet"' in shown("{% sign g %}", g=Group("waves", ""))
    assert 'class="avatar hue-amber"' in shown("{% avatar p %}", p=Person("MW"))


def test_avatar_shows_the_photo_when_there_is_one():
    html = shown("{% avatar p 'large' %}", p=Person("MW", photo_url="/portraits/3/"))

    assert '<img src="/portraits/3/" alt=""' in html
    assert "MW" not in html


def test_initials_of_a_stranger_cannot_bring_markup():
    assert "<script>" not in shown("{% avatar p %}", p=Person("<script>"))


def test_title_is_written_once_and_shown_twice():
    source = "{% extends 'theme/plain.html' %}{% block title %}Potjes & pannen{% endblock %}"

    html = Template(source).render(Context())

    assert "<title>Potjes & pannen</title>" in html
    assert "<h1>Potjes & pannen</h1>" in html
