"""Tasks and conversations do not know each other; here a task finds the message it was made from."""

from groups.conversations.access import visible_messages
from groups.todos.sources import Source, register_source


def message_source(member, message_id: int) -> Source | None:
    message = visible_messages(member).filter(pk=message_id, removed_at__isnull=True).first()
    return Source(message.text, message.get_absolute_url()) if message else None


register_source("message", message_source)
