from polls.services.counting import count_running, finish_due, recount_soon
from polls.services.draws import draw_lots
from polls.services.making import add_option, close_poll, create_poll, open_due, open_poll
from polls.services.publishing import publish_result
from polls.services.sealing import count_with_tellers, erase_leftovers, prepare_teller
from polls.services.voting import cast_vote

__all__ = [
    "add_option",
    "cast_vote",
    "close_poll",
    "count_running",
    "count_with_tellers",
    "create_poll",
    "draw_lots",
    "erase_leftovers",
    "finish_due",
    "open_due",
    "open_poll",
    "prepare_teller",
    "publish_result",
    "recount_soon",
]
