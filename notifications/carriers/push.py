"""Web push: encrypted to the browser by pywebpush, with no words of a message unless the member asked for them."""

import json

import requests
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pywebpush import WebPushException, webpush

from notifications.carriers.faults import NotSent, Refused, Uncertain
from notifications.kinds import notice_kind, words_of
from notifications.models import NoticeSettings, PushSubscription
from notifications.places import places_of
from notifications.vapid import signing_key
from theme.house import house

GONE = (404, 410)
TIMEOUT = (3, 7)
DAY = 24 * 3600
Level = NoticeSettings.PushLevel


class PushCarrier:
    def __init__(self):
        self.session = requests.Session()

    def send(self, member, deliveries) -> None:
        """Push to every device of the member. Sent when at least one took it; tried again only when none did."""
        subscriptions = list(member.push_subscriptions.all())
        if not subscriptions:
            raise Refused("no device with push", is_expected=True)
        text = json.dumps(payload(member, deliveries))
        faults = [fault for fault in (self._push(subscription, text) for subscription in subscriptions) if fault]
        if len(faults) == len(subscriptions):
            raise _worst(faults)

    def close(self) -> None:
        self.session.close()

    def _push(self, subscription: PushSubscription, text: str) -> Exception | None:
        keys = {"p256dh": subscription.public_key, "auth": subscription.secret}
        try:
            webpush(
                {"endpoint": subscription.endpoint, "keys": keys},
                text,
                vapid_private_key=signing_key(),
                vapid_claims={"sub": f"mailto:{settings.CONTACT_ADDRESS}"},
                ttl=DAY,
                timeout=TIMEOUT,
                requests_session=self.session,
            )
        except WebPushException as fault:
            return self._answer(subscription, fault)
        except (requests.ConnectTimeout, requests.ConnectionError) as fault:
            return NotSent(type(fault).__name__)
        except requests.RequestException as fault:
            return Uncertain(type(fault).__name__)
        except (ValueError, TypeError) as fault:  # keys that are none: such a device never gets anything
            subscription.delete()
            return Refused(type(fault).__name__)
        return None

    @staticmethod
    def _answer(subscription: PushSubscription, fault: WebPushException) -> Exception:
        code = fault.response.status_code if fault.response is not None else 0
        if code in GONE:
            subscription.delete()
            return Refused("the device is gone", is_expected=True)
        return NotSent(f"push service says {code}") if code == 429 or code >= 500 else Refused(f"{code}")


def _worst(faults: list[Exception]) -> Exception:
    """What may have arrived anywhere must not be tried again; what may still arrive is."""
    for kind in (Uncertain, NotSent):
        for fault in faults:
            if isinstance(fault, kind):
                return fault
    return faults[0]


def payload(member, deliveries) -> dict:
    """What the service worker shows. Without the member's wish it holds no name of a group and no text."""
    first = deliveries[0]
    with translation.override(member.language or settings.LANGUAGE_CODE):
        words = words_of(notice_kind(first.kind), member, first.context)
        several = len(deliveries) > 1
        return {
            "title": house().name,
            "body": _several(len(deliveries)) if several else _body(member, first, words),
            "path": reverse("notices") if several else words.path,
            "tag": "notices" if several else first.key,
            "icon": house().icon_url("any", 192),
        }


def _several(count: int) -> str:
    return ngettext("%(count)d new notice", "%(count)d new notices", count) % {"count": count}


def _body(member, delivery, words) -> str:
    place = places_of(member).get(delivery.place)
    level = _level(member, place)
    if level == Level.TEXT:
        return words.title
    if level == Level.GROUP and place:
        return _("New in %(group)s") % {"group": place.name}
    return _("There is a new notice for you")


def _level(member, place) -> str:
    """What the member wants to show, and no more than the group lets go onto a locked screen."""
    settings_row = getattr(member, "notice_settings", None)
    own = settings_row.push_level if settings_row else Level.PLAIN
    return min(own, place.push_level, key=Level.values.index) if place else own
