"""Account numbers of members: unreadable in the database and in its back-ups, still comparable."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def _fernet() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(b"bank account numbers:" + secret.encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def mark(iban: str) -> str:
    """A keyed fingerprint: the same for the same account, and of no use without our key."""
    if not iban:
        return ""
    key = b"bank account marks:" + settings.SECRET_KEY.encode()
    return hmac.new(key, iban.encode(), hashlib.sha256).hexdigest()[:32]


def masked(iban: str) -> str:
    """NL44 •••• 6789: enough to recognise, not enough to use."""
    return f"{iban[:4]} •••• {iban[-4:]}" if len(iban) > 8 else iban


class EncryptedField(models.TextField):
    """Text that is encrypted with the installation's secret key on its way into the database."""

    def get_prep_value(self, value):
        return _fernet().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value, expression, connection):
        if not value:
            return ""
        try:
            return _fernet().decrypt(value.encode()).decode()
        except InvalidToken:
            return ""  # written under a secret key that is gone
