from groups.topics.views.acts import (
    add_note,
    argument,
    back_argument,
    due,
    over,
    second_topic,
    stance,
    state,
    take_topic,
)
from groups.topics.views.lists import asks, helper, questions
from groups.topics.views.starting import new_ask, new_topic

__all__ = [
    "add_note",
    "argument",
    "asks",
    "back_argument",
    "due",
    "helper",
    "new_ask",
    "new_topic",
    "over",
    "questions",
    "second_topic",
    "stance",
    "state",
    "take_topic",
]
