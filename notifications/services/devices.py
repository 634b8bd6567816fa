"""Browsers that accept pushes, and addresses whose mail comes back."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from notifications.bounces import delivery_from_return_path
from notifications.errors import UnknownPushService
from notifications.models import Bounce, PushSubscription

DEVICES_PER_MEMBER = 10


@transaction.atomic
def subscribe_device(*, member, endpoint: str, public_key: str, secret: str, device: str = "") -> PushSubscription:
    """Let one browser receive the member's pushes; who logged in there before no longer does.

    The server posts to `endpoint` by itself, so only the push services of the browsers are accepted.
    Raises UnknownPushService.
    """
    if not _is_push_service(endpoint):
        raise UnknownPushService
    subscription, _ = PushSubscription.objects.update_or_create(
        endpoint=endpoint,
        defaults={"member": member, "public_key": public_key, "secret": secret, "device": device[:60]},
    )
    surplus = member.push_subscriptions.order_by("-pk").values_list("pk", flat=True)[DEVICES_PER_MEMBER:]
    PushSubscription.objects.filter(pk__in=list(surplus)).delete()
    return subscription


def _is_push_service(endpoint: str) -> bool:
    address = urlsplit(endpoint)
    host = address.hostname or ""
    return address.scheme == "https" and any(
        host == known or host.endswith(f".{known}") for known in settings.PUSH_HOSTS
    )


def forget_device(*, member, endpoint: str) -> None:
    member.push_subscriptions.filter(endpoint=endpoint).delete()


def report_bounce(*, return_path: str = "", address: str = "", reference: str = "", reason: str = "") -> bool:
    """A mail came back, by its return path or by the provider's report. True when it was one of ours.

    The same return counts once, so that a report may be repeated.
    """
    if return_path:
        delivery = delivery_from_return_path(return_path)
        if delivery is None or not delivery.member.email:
            return False
        member, address, reference = delivery.member, delivery.member.email, f"delivery:{delivery.pk}"
    else:
        member = _member_with(address)
        if member is None:
            return False
    Bounce.objects.get_or_create(
        member=member, reference=reference[:100], defaults={"address": address.lower(), "reason": reason[:200]}
    )
    return True


def _member_with(address: str):
    from django.contrib.auth import get_user_model

    return get_user_model()._default_manager.filter(email=address.lower()).first()
