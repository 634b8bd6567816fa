"""The server part of each secret poll's key: a file per poll, outside the database and outside its backups.

It is erased at counting; from then on no old backup of the database opens an envelope, not even for all tellers.
"""

import os
import secrets
from pathlib import Path

from django.conf import settings


class KeyMissing(Exception):
    """The server part of this poll's key is not in the key store: the poll cannot be counted."""


FOLDER = "poll_keys"  # of its own, because the back-up takes the other keys along and leaves this one out


def folder() -> Path:
    path = Path(settings.DATA_DIR) / FOLDER
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def new_reference() -> str:
    return secrets.token_hex(16)


def keep(reference: str, part: bytes) -> None:
    """Write a new server part, readable by the server's own user only; refuses to overwrite."""
    descriptor = os.open(_file(reference), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(part)
        file.flush()
        os.fsync(file.fileno())


def read(reference: str) -> bytes:
    try:
        return _file(reference).read_bytes()
    except FileNotFoundError as error:
        raise KeyMissing from error


def has(reference: str) -> bool:
    return _file(reference).exists()


def erase(reference: str) -> None:
    """Overwrite and remove; repeating is harmless."""
    file = _file(reference)
    if file.exists():
        with file.open("r+b") as content:
            content.write(os.urandom(file.stat().st_size))
            content.flush()
            os.fsync(content.fileno())
        file.unlink()


def _file(reference: str) -> Path:
    return folder() / f"{reference}.key"
