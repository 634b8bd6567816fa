"""Everything that changes a topic."""

from groups.topics.services.deciding import change_state
from groups.topics.services.helping import offer_help, wish_to_help
from groups.topics.services.propositions import argue, back, take_stance
from groups.topics.services.questions import note, release, set_due, settle, take
from groups.topics.services.starting import start_topic
from groups.topics.services.suggestions import second

__all__ = [
    "argue",
    "back",
    "change_state",
    "note",
    "offer_help",
    "release",
    "second",
    "set_due",
    "settle",
    "start_topic",
    "take",
    "take_stance",
    "wish_to_help",
]
