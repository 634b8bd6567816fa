"""Reading a mail that came back, as a mail server hands it over (RFC 3464): which one it was, and whether for good."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

ADDRESSED_BY = ("X-Original-To", "Delivered-To", "Envelope-To", "To")


@dataclass(frozen=True, slots=True)
class Returned:
    """`addresses` are those it was sent back to, one of which says which delivery it was."""

    addresses: list[str]
    is_for_good: bool
    reason: str


def read_returned(raw: bytes) -> Returned:
    """What a returned mail says. Without a status of the 5 kind it is a delay or a holiday reply, and never counts."""
    mail = message_from_bytes(raw, policy=policy.default)
    addresses = [str(value) for name in ADDRESSED_BY for value in mail.get_all(name, [])]
    status, reason = _status(mail)
    return Returned(addresses, status.startswith("5."), f"{status} {reason}".strip())


def _status(mail: EmailMessage) -> tuple[str, str]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            for group in part.get_payload():
                if status := str(group.get("Status", "")).strip():
                    return status, " ".join(str(group.get("Diagnostic-Code", "")).split())
    return "", ""
