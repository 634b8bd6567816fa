from groups.conversations.views.direct import barrier, direct_choices, direct_inbox, direct_new, direct_page
from groups.conversations.views.files import attachment, attachment_small
from groups.conversations.views.messages import (
    message_acts,
    message_answer,
    message_edit,
    message_place,
    message_react,
    message_remove,
)
from groups.conversations.views.pages import chat, new_thread, talk_rules, thread, threads
from groups.conversations.views.reading import after, follow_conversation, people, read

__all__ = [
    "after",
    "attachment",
    "attachment_small",
    "barrier",
    "chat",
    "direct_choices",
    "direct_inbox",
    "direct_new",
    "direct_page",
    "follow_conversation",
    "message_acts",
    "message_answer",
    "message_edit",
    "message_place",
    "message_react",
    "message_remove",
    "new_thread",
    "people",
    "read",
    "talk_rules",
    "thread",
    "threads",
]
