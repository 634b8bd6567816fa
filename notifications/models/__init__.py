"""What the notifications room keeps: notices and deliveries, a member's wishes, and the state of the channels."""

from notifications.models.channels import Bounce, Heartbeat, PushSubscription
from notifications.models.outbox import Channel, Delivery, Notice, Reminder
from notifications.models.wishes import ChannelChoice, Mute, NoticeSettings, Timing

__all__ = [
    "Bounce",
    "Channel",
    "ChannelChoice",
    "Delivery",
    "Heartbeat",
    "Mute",
    "Notice",
    "NoticeSettings",
    "PushSubscription",
    "Reminder",
    "Timing",
]
