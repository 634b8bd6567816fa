"""The key with which this house signs its pushes, made once at set-up and kept in DATA_DIR/keys."""

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from py_vapid import Vapid02, b64urlencode


def key_path() -> Path:
    return Path(settings.DATA_DIR) / "keys" / "vapid.pem"


def ensure_key() -> Path:
    """Make the key if there is none; of two processes that start at once one makes it and both use it."""
    path = key_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        return path
    made = path.with_suffix(f".{os.getpid()}")
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    made.touch(mode=0o600)
    made.write_bytes(pem)
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    made.unlink()
    return path


@lru_cache(maxsize=4)
def _load(path: str) -> Vapid02:
    return Vapid02.from_file(path)


def signing_key() -> Vapid02:
    return _load(str(ensure_key()))


def public_key() -> str:
    """What a browser needs to subscribe: the uncompressed point, base64url."""
    numbers = signing_key().public_key.public_numbers()
    return b64urlencode(b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big"))
