from groups.conversations.models.attachments import Attachment
from groups.conversations.models.reactions import Reaction
from groups.conversations.models.talk import MAX_TEXT, Conversation, Mention, Message, ReadPosition

__all__ = ["MAX_TEXT", "Attachment", "Conversation", "Mention", "Message", "Reaction", "ReadPosition"]
