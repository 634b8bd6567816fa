"""Receipts: with a code that only the voter knows, the voter finds the own choice in the published list.

The code is made anew for every ballot that is shown; it goes with the vote into the sealed envelope and nowhere else.
Ranked, divided and marked ballots get none: a long ballot is a signature by itself.
"""

import re
import secrets

from polls.errors import ReceiptsNotPossible
from polls.models import Kind, Poll

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike
CODE = re.compile(rf"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}")
MARK = "#"
KINDS = (Kind.GAUGE, Kind.STATEMENT, Kind.CONSENT, Kind.MOTION, Kind.ELECTION)
RANKED = ("irv", "stv_scottish")


def new_code() -> str:
    """Sixty bits: nobody meets another one's code by chance."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def check_receipts(poll: Poll) -> None:
    """What a poll with receipts must be; asked when it is made. Raises ReceiptsNotPossible."""
    if not poll.rules.receipts:
        return
    is_ranked = poll.kind == Kind.ELECTION and poll.rules.method in RANKED
    if not poll.is_secret or poll.kind not in KINDS or is_ranked or poll.rules.weights:
        raise ReceiptsNotPossible


def with_code(answer: str, posted_code: str) -> str:
    """The answer as it goes into the envelope; a code that is not one of ours is replaced, so that no text gets in."""
    code = posted_code if CODE.fullmatch(posted_code) else new_code()
    return f"{answer}{MARK}{code}"


def parted(text: str) -> tuple[str, str]:
    """(answer, code) of what was sealed; no code where the poll gives no receipts."""
    answer, _mark, code = text.partition(MARK)
    return answer, code
