"""How a notice looks as a mail."""

from django.conf import settings
from django.template.loader import render_to_string

from theme.house import house


def compose(member, kind, context: dict) -> tuple[str, str, str]:
    """(subject, text, html) of one notice, in the language that is active."""
    words = kind.words(member, context, 1)
    values = {
        "member": member,
        "words": words,
        "address": f"{settings.BASE_URL}{words.path}",
        "house": house(),
        "base_url": settings.BASE_URL,
    }
    text = render_to_string("notifications/mail/notice.txt", values)
    html = render_to_string("notifications/mail/notice.html", values)
    return " ".join(words.title.split()), text, html
