"""Which providers this installation has."""

from django.conf import settings

from finance.providers.interface import Provider
from finance.providers.mollie import Mollie, MollieClient
from finance.providers.practice import PracticeBank


def practice_bank_is_open() -> bool:
    """The practice bank plays payments through in a demo; a real association never has it."""
    return not settings.PRODUCTION


def online_provider() -> Provider | None:
    """Where a new payment goes; None when the association has no provider, and everything else still works."""
    if settings.MOLLIE_KEY:
        return mollie()
    return PracticeBank() if practice_bank_is_open() else None


def provider_by_code(code: str) -> Provider | None:
    """The provider of an older payment, also when another one takes the new ones."""
    if code == Mollie.code:
        return mollie() if settings.MOLLIE_KEY else None
    return PracticeBank() if code == PracticeBank.code else None


def mollie() -> Mollie:
    return Mollie(MollieClient(settings.MOLLIE_KEY, settings.MOLLIE_URL))
