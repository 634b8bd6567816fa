"""What carries a message out of the house: one carrier per channel, opened once per batch.

A carrier sends one message about a bundle of deliveries to one member, or says precisely how it failed, because
only what certainly did not leave may be tried again.
"""

from contextlib import contextmanager

from notifications.carriers.faults import NotSent, Refused, Uncertain
from notifications.models import Channel

__all__ = ["NotSent", "Refused", "Uncertain", "carrier_for", "closing"]


@contextmanager
def closing():
    """The carriers opened in this block, closed at its end."""
    carriers: dict = {}
    try:
        yield carriers
    finally:
        for carrier in carriers.values():
            carrier.close()


def carrier_for(channel: str, carriers: dict):
    """The carrier of a channel, opened at its first use."""
    from notifications.carriers.mail import MailCarrier
    from notifications.carriers.push import PushCarrier

    if channel not in carriers:
        carriers[channel] = {Channel.MAIL: MailCarrier, Channel.PUSH: PushCarrier}[channel]()
    return carriers[channel]
