"""Mail that comes back: after three the mail to that address stops, and the member is asked for another one."""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from notifications.models import Bounce, Delivery

STOP_AFTER = 3
STOPPED = "mail to this address comes back"  # why a mail was dropped, as it stands in the outbox


def is_stopped(member) -> bool:
    """Whether mail to the member's present address has come back too often. A new address starts afresh."""
    return returned(member).count() >= STOP_AFTER


def returned(member):
    """Mail to the member's present address that came back."""
    return Bounce.objects.filter(member=member, address=member.email)


@dataclass(frozen=True, slots=True)
class MailBack:
    """That mail to a member's present address comes back: how often, and whether we gave it up."""

    address: str
    number: int

    @property
    def is_stopped(self) -> bool:
        return self.number >= STOP_AFTER


def mail_back(member) -> MailBack | None:
    """For the member, and for who looks after the register; None when all is well."""
    number = returned(member).count() if member.email else 0
    return MailBack(member.email, number) if number else None


def note_refusal(member, delivery: Delivery, reason: str) -> None:
    """The mail server itself refused the address for good."""
    Bounce.objects.get_or_create(
        member=member,
        reference=f"delivery:{delivery.pk}",
        defaults={"address": member.email, "reason": reason[:200]},
    )


def return_path(delivery: Delivery) -> str:
    """Where a mail that cannot be delivered comes back to; the address itself says which one it was."""
    if not settings.BOUNCE_ADDRESS:
        return settings.DEFAULT_FROM_EMAIL
    local, _, domain = settings.BOUNCE_ADDRESS.partition("@")
    return f"{local}+{delivery.pk}-{_proof(delivery.pk)}@{domain}"


def delivery_from_return_path(address: str) -> Delivery | None:
    """The delivery a returned mail was about, or None when the address is not one of ours."""
    found = re.search(r"\+(\d{1,18})-([0-9a-f]{16})@", address.lower())
    if not found or not hmac.compare_digest(found[2], _proof(int(found[1]))):
        return None
    return Delivery.objects.filter(pk=found[1]).select_related("member").first()


def _proof(pk: int) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"bounce:{pk}".encode(), sha256).hexdigest()[:16]
