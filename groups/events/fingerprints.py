"""Secret addresses are kept as a fingerprint, so that a copy of the database opens nobody's calendar."""

import hashlib


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
