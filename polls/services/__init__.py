from polls.services.counting import count_running, finish_due, recount_soon
from polls.services.making import add_option, close_poll, create_poll, open_due, open_poll
from polls.services.voting import cast_vote

__all__ = [
    "add_option",
    "cast_vote",
    "close_poll",
    "count_running",
    "create_poll",
    "finish_due",
    "open_due",
    "open_poll",
    "recount_soon",
]
