"""One choice, sealed so that the database alone cannot tell it.

X25519 + HKDF + ChaCha20-Poly1305 towards the poll's public key. Poll id and elector id are bound in: an envelope
that is moved to another row cannot be opened. Every envelope has the same length.
"""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PADDED = 256
# The key is used for one envelope only, so the nonce need not differ.
NONCE = bytes(12)


class TooLong(ValueError):
    """The answer does not fit an envelope."""


class CannotOpen(Exception):
    """The envelope was damaged, sealed for another key, or moved here from another elector or poll."""


def new_private_key() -> bytes:
    return os.urandom(32)


def public_key(private_key: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def seal(answer: str, *, towards: bytes, poll_id: int, elector_id: int, padded: int = PADDED) -> bytes:
    """An envelope with `answer` for the holder of the private key of `towards`. Raises TooLong."""
    once = X25519PrivateKey.generate()
    own_public = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(towards))
    bound = _bound(poll_id, elector_id)
    return own_public + ChaCha20Poly1305(_key(shared, own_public, towards)).encrypt(
        NONCE, _padded(answer, padded), bound
    )


class Opener:
    """Opens many envelopes with one private key, whose public half is computed once."""

    def __init__(self, private_key: bytes):
        self._holder = X25519PrivateKey.from_private_bytes(private_key)
        self._public = self._holder.public_key().public_bytes_raw()

    def unseal(self, envelope: bytes, *, poll_id: int, elector_id: int) -> str:
        """The answer in the envelope of this elector in this poll. Raises CannotOpen."""
        own_public, sealed = bytes(envelope[:32]), bytes(envelope[32:])
        try:
            shared = self._holder.exchange(X25519PublicKey.from_public_bytes(own_public))
            key = _key(shared, own_public, self._public)
            return _unpadded(ChaCha20Poly1305(key).decrypt(NONCE, sealed, _bound(poll_id, elector_id)))
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error


def unseal(envelope: bytes, *, private_key: bytes, poll_id: int, elector_id: int) -> str:
    """One envelope. Raises CannotOpen."""
    return Opener(private_key).unseal(envelope, poll_id=poll_id, elector_id=elector_id)


def fingerprint(envelope: bytes) -> str:
    """What a voter notes down to find the envelope back in the published list; says nothing about the choice."""
    digest = hashlib.sha256(envelope).hexdigest()[:16].upper()
    return "-".join(digest[at : at + 4] for at in range(0, 16, 4))


def _key(shared: bytes, own_public: bytes, towards: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=own_public + towards, info=b"paraplu sealed vote 1").derive(shared)


def _bound(poll_id: int, elector_id: int) -> bytes:
    return b"%d:%d" % (poll_id, elector_id)


def _padded(answer: str, length: int) -> bytes:
    content = answer.encode()
    if len(content) > length - 2:
        raise TooLong
    return len(content).to_bytes(2, "big") + content + bytes(length - 2 - len(content))


def _unpadded(content: bytes) -> str:
    return content[2 : 2 + int.from_bytes(content[:2], "big")].decode()
