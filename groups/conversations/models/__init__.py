from groups.conversations.models.reactions import Reaction
from groups.conversations.models.talk import MAX_TEXT, Conversation, Mention, Message, ReadPosition

__all__ = ["MAX_TEXT", "Conversation", "Mention", "Message", "Reaction", "ReadPosition"]
