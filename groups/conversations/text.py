"""From what somebody typed to what others see."""

import re

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from groups.conversations.mentions import name_pattern
from theme.richtext import to_html
from theme.templatetags.theme import clock

TAG = re.compile(r"(<[^>]*>)")


def message_html(message) -> SafeString:
    """The text as safe HTML, with the names of who is mentioned set apart."""
    html = to_html(message.text)
    names = {name for mention in message.mentions.all() for name in _names(mention.member)}
    pattern = name_pattern([str(escape(name)) for name in names])
    if pattern is None:
        return html
    parts = TAG.split(html)
    parts[::2] = [pattern.sub(r"<strong>@\1</strong>", part) for part in parts[::2]]
    return mark_safe("".join(parts))


def _names(member) -> tuple[str, str]:
    return member.display_name, member.first_name


def weekday_clock(moment) -> str:
    """A moment within the coming week, as one says it: “tomorrow 9.00”, “Monday 9.00”."""
    moment = localtime(moment)
    days = (moment.date() - localdate()).days
    day = {0: _("today"), 1: _("tomorrow")}.get(days) or date_format(moment, "l")
    return f"{day} {clock(moment)}"


def excerpt(text: str, length: int = 140) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
