"""The order of the options on one member's ballot."""

import hashlib

from polls.models import Option, Poll


def in_own_order(poll: Poll, member) -> list[Option]:
    """The options as numbered, or in an order of this member's own that stays the same from visit to visit."""
    options = list(poll.options.all())
    if poll.rules.shuffle:
        options.sort(key=lambda option: hashlib.sha256(b"%d:%d:%d" % (poll.pk, member.pk, option.number)).digest())
    return options
