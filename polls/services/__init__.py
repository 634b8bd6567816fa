from polls.services.again import second_ballot, second_meeting, vote_again
from polls.services.counting import count_running, finish_due, recount_soon
from polls.services.dates import plan_from_dates
from polls.services.draws import draw_lots
from polls.services.electorate import bar_elector, end_suspension, suspend
from polls.services.making import add_option, close_poll, create_poll, open_due, open_poll
from polls.services.meetings import call_meeting, check_in, close_meeting, open_meeting, state_decision, write_minutes
from polls.services.outcomes import add_follow_up, let_rest, state_outcome
from polls.services.proxies import accept_proxy, give_proxy, withdraw_proxy
from polls.services.publishing import publish_result
from polls.services.sealing import count_with_tellers, erase_leftovers, prepare_teller
from polls.services.voting import cast_vote

__all__ = [
    "accept_proxy",
    "add_follow_up",
    "add_option",
    "bar_elector",
    "call_meeting",
    "cast_vote",
    "check_in",
    "close_meeting",
    "close_poll",
    "count_running",
    "count_with_tellers",
    "create_poll",
    "draw_lots",
    "end_suspension",
    "erase_leftovers",
    "finish_due",
    "give_proxy",
    "let_rest",
    "open_due",
    "open_meeting",
    "open_poll",
    "plan_from_dates",
    "prepare_teller",
    "publish_result",
    "recount_soon",
    "second_ballot",
    "second_meeting",
    "state_decision",
    "state_outcome",
    "suspend",
    "vote_again",
    "withdraw_proxy",
    "write_minutes",
]
