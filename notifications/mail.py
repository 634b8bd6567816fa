"""How notices look as a mail: one notice, a few that were held, or a summary; and the headers mail programs know."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.bounces import return_path
from notifications.digests import DIGEST, digest_parts
from notifications.kinds import notice_kind, words_of
from notifications.places import places_of
from theme.house import house

UNSUBSCRIBE = "notifications.unsubscribe"
# Stands above a mail that can be answered; what a mail program quotes begins here. One spelling for every language.
REPLY_LINE = "## ↑ ##"


def compose(member, deliveries) -> EmailMultiAlternatives | None:
    """One mail about these deliveries in the member's language; None when nothing is left to tell."""
    with translation.override(member.language or settings.LANGUAGE_CODE):
        first = deliveries[0]
        if first.kind == DIGEST.code:
            return _digest(member, first)
        if len(deliveries) > 1:
            return _several(member, deliveries)
        return _one(member, first)


def _one(member, delivery):
    kind = notice_kind(delivery.kind)
    words = words_of(kind, member, delivery.context)
    answer_to = kind.reply_to(member, delivery.context) if kind.reply_to else ""
    values = {"words": words, "address": absolute(words.path), "reply_line": REPLY_LINE if answer_to else ""}
    message = _message(member, delivery, words.title, "notice", values)
    if answer_to:
        message.extra_headers["Reply-To"] = answer_to
    return message


def _several(member, deliveries):
    items = [_item(words_of(notice_kind(d.kind), member, d.context)) for d in deliveries]
    subject = ngettext("%(count)d notice for you", "%(count)d notices for you", len(items)) % {"count": len(items)}
    parts = [{"title": "", "items": items}]
    return _message(member, deliveries[0], subject, "digest", {"parts": parts, "subject": subject})


def _digest(member, delivery):
    parts = [
        {"title": part.title, "items": [_item(words) for words in part.items]}
        for part in digest_parts(member, delivery.context)
    ]
    if not parts:
        return None
    count = sum(len(part["items"]) for part in parts)
    subject = ngettext("Your summary: %(count)d new", "Your summary: %(count)d new", count) % {"count": count}
    return _message(member, delivery, subject, "digest", {"parts": parts, "subject": subject, "is_digest": True})


def _item(words) -> dict:
    return {"words": words, "address": absolute(words.path)}


def _message(member, delivery, subject: str, template: str, values: dict) -> EmailMultiAlternatives:
    link = unsubscribe_address(delivery)
    values |= {
        "member": member,
        "house": house(),
        "base_url": settings.BASE_URL,
        "settings_address": absolute(reverse("notice-settings")),
        "unsubscribe_address": link,
    }
    subject = " ".join(subject.split())
    mail = EmailMultiAlternatives(
        f"{house().name}: {subject}" if house().name not in subject else subject,
        render_to_string(f"notifications/mail/{template}.txt", values),
        from_email=return_path(delivery),
        to=[member.email],
        headers=_headers(member, delivery, link),
    )
    mail.attach_alternative(render_to_string(f"notifications/mail/{template}.html", values), "text/html")
    return mail


def _headers(member, delivery, unsubscribe_link: str) -> dict[str, str]:
    """Threading by what it is about, List-Id for filters, and the one-click way out of RFC 8058."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    thread = f"<{_token(delivery.key)}.{member.pk}@{host}>"
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<delivery.{delivery.pk}.{delivery.tries}@{host}>",
        "In-Reply-To": thread,
        "References": thread,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if unsubscribe_link:
        place = places_of(member).get(delivery.place)
        name = _token(delivery.place or delivery.kind)
        label = place.name if place else str(notice_kind(delivery.kind).label)
        headers["List-Id"] = f"{_words_only(label)} <{name}.{host}>"
        headers["List-Unsubscribe"] = f"<{unsubscribe_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def unsubscribe_address(delivery) -> str:
    """The address that ends this kind of mail without logging in; empty for what cannot be switched off."""
    if not notice_kind(delivery.kind).optional:
        return ""
    token = signing.dumps([delivery.member_id, delivery.kind, delivery.place], salt=UNSUBSCRIBE, compress=True)
    return absolute(reverse("unsubscribe", args=[token]))


def absolute(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _token(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "notice"


def _words_only(text: str) -> str:
    """A phrase that is safe in a header whatever the group is called."""
    return " ".join(re.sub(r"[^\w\s-]", "", text).split()).encode("ascii", "ignore").decode() or _("Notices")
