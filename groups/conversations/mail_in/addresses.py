"""The addresses to which a member can mail. Each says who and where, and proves that we made it."""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

CONVERSATION, SUBGROUP = "c", "g"
FORM = re.compile(r"\+(\d{1,18})-([cg])(\d{1,18})-([0-9a-f]{24})@")


@dataclass(frozen=True, slots=True)
class Target:
    """Who an address was made for, and the conversation, or the group in which it starts a new discussion."""

    member_id: int
    kind: str
    pk: int


def reply_address(member, conversation) -> str:
    """Where this member's mail becomes a reply in this conversation; empty when mail is not taken in."""
    return _address(Target(member.pk, CONVERSATION, conversation.pk))


def start_address(member, subgroup) -> str:
    """Where this member's mail becomes a new discussion in this group; empty when mail is not taken in."""
    return _address(Target(member.pk, SUBGROUP, subgroup.pk))


def target_of(address: str) -> Target | None:
    """What an address of ours stands for; None for any other address."""
    found = FORM.search(address.lower())
    if not found:
        return None
    target = Target(int(found[1]), found[2], int(found[3]))
    return target if hmac.compare_digest(found[4], _proof(target)) else None


def _address(target: Target) -> str:
    if not settings.REPLY_ADDRESS:
        return ""
    local, _, domain = settings.REPLY_ADDRESS.partition("@")
    return f"{local}+{target.member_id}-{target.kind}{target.pk}-{_proof(target)}@{domain}"


def _proof(target: Target) -> str:
    words = f"reply:{target.member_id}:{target.kind}:{target.pk}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), sha256).hexdigest()[:24]
