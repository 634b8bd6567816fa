from groups.conversations.models.attachments import Attachment
from groups.conversations.models.automatic import AutoAnswer, Given
from groups.conversations.models.direct import (
    MAX_PARTICIPANTS,
    Barrier,
    Participant,
    Presence,
    StatusText,
    TalkChoices,
)
from groups.conversations.models.reactions import Reaction
from groups.conversations.models.rules import TalkRules
from groups.conversations.models.talk import MAX_TEXT, Conversation, Mention, Message, ReadPosition

__all__ = [
    "MAX_PARTICIPANTS",
    "MAX_TEXT",
    "Attachment",
    "AutoAnswer",
    "Barrier",
    "Conversation",
    "Given",
    "Mention",
    "Message",
    "Participant",
    "Presence",
    "Reaction",
    "ReadPosition",
    "StatusText",
    "TalkChoices",
    "TalkRules",
]
