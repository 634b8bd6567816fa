"""Every write around announcements."""

from community.pages.services.broadcasting import continue_broadcasts, nudge, queue_next, start_broadcast
from community.pages.services.moving import move_page, show_again
from community.pages.services.places import hold_pins, pin, start_threads, unpin
from community.pages.services.reading import (
    acknowledge,
    read_all_announcements,
    read_announcement,
    remove_reply,
    reply_to_announcement,
    take_reply_away,
)
from community.pages.services.repeating import plan_occurrences, repeat_announcement, skip_occurrence, stop_series
from community.pages.services.timing import GRACE, publish_due
from community.pages.services.urgency import ask_urgency, confirm_urgency, drop_urgency, is_urgent
from community.pages.services.writing import (
    change_announcement,
    plan_announcement,
    send_announcement,
    withdraw_announcement,
    write_announcement,
)

__all__ = [
    "GRACE",
    "acknowledge",
    "ask_urgency",
    "change_announcement",
    "confirm_urgency",
    "continue_broadcasts",
    "drop_urgency",
    "hold_pins",
    "is_urgent",
    "move_page",
    "nudge",
    "pin",
    "plan_announcement",
    "plan_occurrences",
    "publish_due",
    "queue_next",
    "read_all_announcements",
    "read_announcement",
    "remove_reply",
    "repeat_announcement",
    "reply_to_announcement",
    "send_announcement",
    "show_again",
    "skip_occurrence",
    "start_broadcast",
    "start_threads",
    "stop_series",
    "take_reply_away",
    "unpin",
    "withdraw_announcement",
    "write_announcement",
]
