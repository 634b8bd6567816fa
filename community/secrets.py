"""The secret of an embedded installation, made once at the first start."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """The secret kept in `path`; made on first use, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    secret = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)
    return secret
