"""Every change of events, answers, questions, shifts and feeds."""

from groups.events.services.planning import (
    CODE_MARGIN,
    answer_event,
    attend,
    cancel_event,
    change_event,
    make_feed,
    plan_event,
    revoke_feed,
    take_over_answers,
)
from groups.events.services.questions import ask_at_event, wipe_sensitive
from groups.events.services.shifts import answer_swap, ask_swap, leave_shift, plan_shift, remove_shift, take_shift

__all__ = [
    "CODE_MARGIN",
    "answer_event",
    "answer_swap",
    "ask_at_event",
    "ask_swap",
    "attend",
    "cancel_event",
    "change_event",
    "leave_shift",
    "make_feed",
    "plan_event",
    "plan_shift",
    "remove_shift",
    "revoke_feed",
    "take_over_answers",
    "take_shift",
    "wipe_sensitive",
]
