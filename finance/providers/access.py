"""Whose attempts one may see: only one's own."""

from finance.providers.models import PaymentAttempt


def visible_attempts(member):
    return PaymentAttempt.objects.filter(member_id=member.pk)
