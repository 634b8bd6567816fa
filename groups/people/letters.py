"""Mail to addresses without an account. A letter is a row first, claimed before it is sent, and never sent twice."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override

from groups.people.models import Letter
from theme.house import house

logger = logging.getLogger(__name__)

BATCH = 50
TRIES = 5


def write_letter(
    *, email: str, subject: str, body: str, path: str = "", button: str = "", language: str = ""
) -> Letter:
    """Queue a letter inside the transaction of the act it belongs to."""
    return Letter.objects.create(
        email=email,
        subject=" ".join(subject.split())[:200],
        body=body,
        path=path,
        button=button,
        language=language or (get_language() or "nl")[:2],
    )


def send_letters() -> int:
    """Send what is due; returns how many. For the clock."""
    letters = _claim()
    for letter in letters:
        try:
            _send(letter)
        except OSError as error:
            _later(letter, error)
    return len(letters)


def _claim() -> list[Letter]:
    with transaction.atomic():
        due = Letter.objects.select_for_update(skip_locked=True).filter(
            claimed_at__isnull=True, not_before__lte=timezone.now()
        )
        letters = list(due.order_by("pk")[:BATCH])
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(claimed_at=timezone.now())
    return letters


def _send(letter: Letter) -> None:
    with override(letter.language):
        values = {
            "letter": letter,
            "house": house(),
            "address": f"{settings.BASE_URL}{letter.path}" if letter.path else "",
            "base_url": settings.BASE_URL,
        }
        text = render_to_string("people/mail/letter.txt", values)
        html = render_to_string("people/mail/letter.html", values)
    mail = EmailMultiAlternatives(letter.subject, text, to=[letter.email])
    mail.attach_alternative(html, "text/html")
    mail.send()


def _later(letter: Letter, error: OSError) -> None:
    """The mail server refused before anything was sent: try again later, a few times."""
    logger.warning("letter %s was not sent: %s", letter.pk, type(error).__name__)
    tries = letter.tries + 1
    Letter.objects.filter(pk=letter.pk).update(
        tries=tries,
        claimed_at=None if tries < TRIES else letter.claimed_at,
        not_before=timezone.now() + timedelta(minutes=2**tries),
    )
