"""Everything that writes in the notifications room: telling, the outbox, members' wishes, devices and bounces."""

from notifications.services.devices import forget_device, report_bounce, subscribe_device
from notifications.services.judging import (
    leave_given_up,
    leave_unsure,
    send_again,
    send_given_up_again,
    send_unsure_again,
    set_aside,
)
from notifications.services.outbox import claim_due, release_lost, send_all_due, wake
from notifications.services.telling import (
    forget_notices,
    forget_place,
    forget_place_of_all,
    in_batches,
    notify,
    publish_badge,
    queue_many,
    read_notices,
    settle_notices,
)
from notifications.services.wishes import change_settings, choose, choose_level, mute, unmute, unsubscribe

__all__ = [
    "change_settings",
    "choose",
    "choose_level",
    "claim_due",
    "forget_device",
    "forget_notices",
    "forget_place",
    "forget_place_of_all",
    "in_batches",
    "leave_given_up",
    "leave_unsure",
    "mute",
    "notify",
    "publish_badge",
    "queue_many",
    "read_notices",
    "release_lost",
    "report_bounce",
    "send_again",
    "send_all_due",
    "send_given_up_again",
    "send_unsure_again",
    "set_aside",
    "settle_notices",
    "subscribe_device",
    "unmute",
    "unsubscribe",
    "wake",
]
