from groups.conversations.views.automatic import auto_answer_remove, auto_answers
from groups.conversations.views.catching_up import catch_up, read_conversations
from groups.conversations.views.direct import barrier, direct_choices, direct_inbox, direct_new, direct_page, own_status
from groups.conversations.views.files import attachment, attachment_small
from groups.conversations.views.messages import (
    message_acts,
    message_answer,
    message_edit,
    message_place,
    message_react,
    message_remove,
)
from groups.conversations.views.moderating import message_move, thread_close, thread_pin
from groups.conversations.views.pages import chat, new_thread, talk_rules, thread, threads
from groups.conversations.views.reading import after, follow_conversation, people, read

__all__ = [
    "after",
    "attachment",
    "attachment_small",
    "auto_answer_remove",
    "auto_answers",
    "barrier",
    "catch_up",
    "chat",
    "direct_choices",
    "direct_inbox",
    "direct_new",
    "direct_page",
    "follow_conversation",
    "message_acts",
    "message_answer",
    "message_edit",
    "message_move",
    "message_place",
    "message_react",
    "message_remove",
    "new_thread",
    "own_status",
    "people",
    "read",
    "read_conversations",
    "talk_rules",
    "thread",
    "thread_close",
    "thread_pin",
    "threads",
]
