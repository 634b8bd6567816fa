"""`{% load theme %}`: icons, people and groups as signs, amounts, days and times, members' text."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency
from django import template
from django.template.loader_tags import BlockNode
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from theme import richtext as rich
from theme.addresses import address
from theme.devices import device_name, is_phone
from theme.hues import hue_for
from theme.icons import NAMES

register = template.Library()


# --- Frame ------------------------------------------------------------------------------------------
class AgainNode(template.Node):
    def __init__(self, block: str):
        self.block = block

    def render(self, context):
        return BlockNode(self.block, template.NodeList()).render(context)


@register.tag
def again(parser, token):
    """Render a block a second time: the title of a page is its heading too, and is written once."""
    _, block = token.split_contents()
    return AgainNode(block.strip("\"'"))


@register.simple_tag
def at(url_name: str, number: int) -> str:
    """As `{% url url_name number %}`, for what stands in every line of a long list."""
    return address(url_name, number)


# --- Pictures ---------------------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """An icon of the sprite; without `label` it is decoration, and the text beside it says what it means."""
    return _icon(name if name in NAMES else "circle-help", css, str(label))


@lru_cache(maxsize=1024)  # a page draws some seventy
def _icon(name: str, css: str, label: str) -> SafeString:
    described = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" width="24" height="24" {}><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        described,
        static("theme/icons.svg"),
        name,
    )


@register.simple_tag
def sign(group, size: str = "") -> SafeString:
    """The squircle of a subgroup: anything with `icon` and `hue`."""
    css = f" sign-{size}" if size else ""
    hue = group.hue or hue_for(group.pk)
    return format_html('<span class="sign{} hue-{}">{}</span>', css, hue, icon(group.icon))


@register.simple_tag
def avatar(person, size: str = "") -> SafeString:
    """The circle of a person: anything with `initials`, `hue` and `photo_url`. The name stands beside it as text."""
    css = f" avatar-{size}" if size else ""
    hue = getattr(person, "hue", "") or hue_for(getattr(person, "pk", None) or 0)
    if photo := getattr(person, "photo_url", ""):
        inside = format_html('<img src="{}" alt="" width="96" height="96" loading="lazy" decoding="async">', photo)
    else:
        inside = person.initials
    return format_html('<span class="avatar{} hue-{}" aria-hidden="true">{}</span>', css, hue, inside)


# --- Amounts ----------------------------------------------------------------------------------------
@register.filter
def amount(cents: int | None) -> str:
    """EUR cents as "€ 42,50" (nl) or "€42.50" (en)."""
    return "" if cents is None else format_currency(Decimal(cents) / 100, "EUR", locale=_locale())


@register.filter
def whole_amount(cents: int | None) -> str:
    """As `amount`, but round euros lose their zeros: "€ 1.955". Cents that are there always show."""
    if cents is None or cents % 100:
        return amount(cents)
    pattern = "¤\xa0#,##0;¤\xa0-#,##0" if _locale() == "nl" else "¤#,##0;-¤#,##0"
    return format_currency(cents // 100, "EUR", pattern, locale=_locale(), currency_digits=False)


@register.filter
def signed_amount(cents: int | None) -> str:
    """For lists of mutations: "+ € 127,50" and "− € 300,00"."""
    if cents is None:
        return ""
    return f"{'−' if cents < 0 else '+'} {amount(abs(cents))}"


@register.filter
def percent(value: int | float | None) -> str:
    return "" if value is None else f"{round(value)}%"


# --- Days and times ---------------------------------------------------------------------------------
@register.filter
def day(value: date | datetime | None) -> str:
    """ "vr 28 nov", with the year when it is not this one."""
    return _day(value, "EEE d MMM")


@register.filter
def long_day(value: date | datetime | None) -> str:
    """ "vrijdag 28 november", with the year when it is not this one."""
    return _day(value, "EEEE d MMMM")


@register.filter
def short_month(value: date | datetime | None) -> str:
    return "" if value is None else format_date(_local_date(value), "MMM", locale=_locale()).rstrip(".")


@register.filter
def clock(value: datetime | None) -> str:
    """ "20.00" in Dutch, "20:00" in English."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local.hour}{'.' if _locale() == 'nl' else ':'}{local.minute:02d}"


@register.simple_tag
def stamp(value: datetime | None, css: str = "") -> SafeString:
    """For lists: the clock for today, "yesterday", else the day."""
    if value is None:
        return SafeString("")
    return _time(value, _stamp_text(value), css)


@register.simple_tag
def moment(value: datetime | None, css: str = "") -> SafeString:
    """How long ago, up to 24 hours; then "yesterday"; else the day. app.js keeps the first hours fresh."""
    if value is None:
        return SafeString("")
    return _time(value, _moment_text(value), css, relative=True)


def _stamp_text(value: datetime) -> str:
    days = (timezone.localdate() - _local_date(value)).days
    if days == 0:
        return clock(value)
    return gettext("yesterday") if days == 1 else day(value)


def _moment_text(value: datetime) -> str:
    age = timezone.now() - value
    minutes = int(age.total_seconds() // 60)
    if age < timedelta(0) or age >= timedelta(hours=24):
        return _stamp_text(value)
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}


def _time(value: datetime, text: str, css: str, *, relative: bool = False) -> SafeString:
    local = timezone.localtime(value)
    return format_html(
        '<time{}{} datetime="{}" title="{}, {}">{}</time>',
        format_html(' class="{}"', css) if css else "",
        SafeString(" data-relative") if relative else "",
        local.isoformat(timespec="minutes"),
        long_day(local),
        clock(local),
        text,
    )


def _day(value: date | datetime | None, pattern: str) -> str:
    if value is None:
        return ""
    local = _local_date(value)
    if local.year != timezone.localdate().year:
        pattern += " y"
    return _written(local, pattern, _locale())


@lru_cache(maxsize=1024)  # the same few days stand on every page, in every line of a list
def _written(local: date, pattern: str, locale: str) -> str:
    return format_date(local, pattern, locale=locale)


def _local_date(value: date | datetime) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


def _locale() -> str:
    """Babel's plain "en" is American; ours is British."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en_GB"


# --- Text -------------------------------------------------------------------------------------------
@register.filter
def richtext(text: str | None) -> SafeString:
    return rich.to_html(text or "")


@register.filter
def device(user_agent: str) -> str:
    return device_name(user_agent)


@register.filter(name="is_phone")
def phone(user_agent: str) -> bool:
    return is_phone(user_agent)
