"""Encrypting a file of any size piece by piece, so that a cut, changed or reordered file is refused.

AES-256-GCM per piece of 1 MiB. The nonce counts the pieces and says which is the last (the STREAM construction), and
the key comes from a passphrase through scrypt with a salt of its own for every file.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"PARAPLU-BACKUP-1"
PIECE = 1024 * 1024
TAG = 16


class NotReadable(Exception):
    """The file is no back-up, was damaged, or belongs to another key."""


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Write `source` encrypted to `target`."""
    salt = os.urandom(16)
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(MAGIC + salt)
        cipher = _cipher(passphrase, salt)
        for number, (piece, is_last) in enumerate(_pieces(plain, PIECE)):
            sealed.write(cipher.encrypt(_nonce(number, is_last), piece, None))


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Write what was sealed in `source` to `target`. Raises NotReadable, and leaves nothing half behind."""
    with source.open("rb") as sealed, target.open("wb") as plain:
        head = sealed.read(len(MAGIC) + 16)
        if len(head) != len(MAGIC) + 16 or not head.startswith(MAGIC):
            raise NotReadable("this is not a back-up of Paraplu")
        cipher = _cipher(passphrase, head[len(MAGIC) :])
        try:
            for number, (piece, is_last) in enumerate(_pieces(sealed, PIECE + TAG)):
                plain.write(cipher.decrypt(_nonce(number, is_last), piece, None))
        except InvalidTag:
            plain.truncate(0)
            raise NotReadable("the key is another one, or the file was damaged") from None


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces with whether it is the last; at least one, so that an empty file has an end too."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following
