"""Files with messages: adding them, and taking them away for good."""

from collections.abc import Iterable

from groups.conversations.models import Attachment, Message
from theme.cleantext import clean_line
from theme.storage import stored_together
from theme.uploads import TakenIn, erase_after_commit


def attach(message: Message, by, files: Iterable[TakenIn], description: str = "") -> None:
    """Store the files with the message, within the caller's transaction; when it fails, the files go too."""
    with stored_together():
        for taken in files:
            _attach(message, by, taken, description)


def _attach(message: Message, by, taken: TakenIn, description: str) -> None:
    attachment = Attachment(
        message=message,
        added_by=by,
        family=taken.kind.family,
        name=taken.name,
        description=clean_line(description)[:200],
        content_type=taken.kind.content_type,
        size=taken.size,
        width=taken.width,
        height=taken.height,
    )
    attachment.file.save(taken.file.name, taken.file, save=False)
    if taken.small:
        attachment.small.save(taken.small.name, taken.small, save=False)
    attachment.save(force_insert=True)


def detach(message: Message) -> None:
    """Take the files of a message away; from the disk once the removal is certain."""
    for attachment in message.attachments.all():
        erase_after_commit(attachment.file, attachment.small)
    message.attachments.all().delete()
