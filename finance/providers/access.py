"""Whose attempts one may see: only one's own, and all for who keeps the books."""

from django.db.models import F

from finance.providers.models import Chargeback, OnlineRefund, PaymentAttempt
from groups.people.access import may_for_association


def visible_attempts(member):
    return PaymentAttempt.objects.filter(member_id=member.pk)


def managed_attempts(member):
    """Online payments that need the treasurer, and all others beside them."""
    return PaymentAttempt.objects.all() if may_for_association(member, "book") else PaymentAttempt.objects.none()


def held_attempts(member):
    """Held money that still stands there, whole or in part."""
    held = managed_attempts(member).exclude(held_because="")
    return held.filter(refund_reserved_cents__lt=F("cents"), charged_back_cents=0)


def visible_online_refunds(member):
    refunds = OnlineRefund.objects.select_related("attempt")
    return refunds if may_for_association(member, "book") else refunds.none()


def visible_chargebacks(member):
    chargebacks = Chargeback.objects.select_related("attempt")
    return chargebacks if may_for_association(member, "book") else chargebacks.none()


def attempt_named(key):
    """For a provider's notice, which comes without a member: the secret key in the address is who it is for."""
    return PaymentAttempt.objects.filter(key=key, provider="mollie").first()
