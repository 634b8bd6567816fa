"""Where uploads are kept: with a sentence for a disk that is full, and nothing half left behind."""

import errno
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # the disk, the share of this user, the limit of a file
_together: ContextVar[list | None] = ContextVar("stored_together", default=None)


class NoRoom(Refusal):
    message = _("There is no room for files at the moment. Try again later, and tell the manager.")


class RoomStorage(FileSystemStorage):
    """A folder; storing in it raises NoRoom when the disk is full."""

    def _save(self, name, content):
        try:
            stored = super()._save(name, content)
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.delete(name)  # `save` had found this name free, so what is there now is ours
            raise NoRoom from error
        if (others := _together.get()) is not None:
            others.append((self, stored))
        return stored


@contextmanager
def stored_together():
    """What is stored in it goes again when it fails, as the transaction takes back the rows."""
    stored, is_done = [], False
    token = _together.set(stored)
    try:
        yield
        is_done = True
    finally:
        _together.reset(token)
        for storage, name in [] if is_done else stored:
            storage.delete(name)
