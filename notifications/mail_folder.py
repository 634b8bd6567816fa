"""Embedded mode has no mail server: mails are written to a folder, and read on a page for developers."""

import secrets
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Every mail its own .eml file, named so that the newest comes last."""

    def send_messages(self, email_messages):
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(3)}.eml"
            (folder / name).write_bytes(message.message().as_bytes())
        return len(email_messages)


def newest_mails(number: int = 50) -> list[tuple[str, EmailMessage]]:
    """(file name, message) of the newest mails, newest first."""
    files = sorted(Path(settings.MAIL_FOLDER).glob("*.eml"), reverse=True)[:number]
    return [(file.stem, _read(file)) for file in files]


def one_mail(name: str) -> EmailMessage | None:
    """The mail with this name; only names that the folder really has are opened."""
    file = next((file for file in Path(settings.MAIL_FOLDER).glob("*.eml") if file.stem == name), None)
    return _read(file) if file else None


def _read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)
