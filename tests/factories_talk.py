"""Conversations for tests, written straight into the database so that no limit stands in the way."""

from django.utils import timezone

from groups.conversations.models import Conversation, Message


def said(conversation, author, *texts, at=None):
    """The author said these things, now or at a moment; nobody is told of them."""
    moment = at or timezone.now()
    row = Conversation.objects.get(pk=conversation.pk)
    messages = [
        Message(
            conversation=row, number=row.last_number + place, author=author, text=text, created_at=moment,
            told_at=moment,
        )
        for place, text in enumerate(texts, start=1)
    ]  # fmt: skip
    Message.objects.bulk_create(messages)
    row.last_number, row.last_at = row.last_number + len(texts), moment
    row.save()
    row.positions.update_or_create(member=author, defaults={"number": row.last_number})
    conversation.last_number, conversation.last_at = row.last_number, moment
    return messages
