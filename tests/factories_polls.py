"""Polls as the product makes them. A test states every value that it asserts on."""

from datetime import timedelta

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from polls.models import Kind, Poll
from polls.rules import Rules
from polls.services import cast_vote, create_poll, open_poll


def make_poll(subgroup=None, *, kind=Kind.GAUGE, options=("Camping", "Boerderij", "Boot"), days=3, **fields) -> Poll:
    """A poll that has not opened; keyword arguments that are rules go into its rules."""
    rules = {key: fields.pop(key) for key in list(fields) if key in Rules.__dataclass_fields__}
    return create_poll(
        by=fields.pop("by", None),
        kind=kind,
        question=fields.pop("question", "Waar slapen we?"),
        options=options,
        rules=Rules(**rules),
        closes_at=timezone.now() + timedelta(days=days),
        subgroup=subgroup,
        **fields,
    )


def running_poll(subgroup=None, **fields) -> Poll:
    return open_poll(poll=make_poll(subgroup, **fields), by=None)


def posted(**fields) -> MultiValueDict:
    """A posted ballot: posted(choice=[1, 2])."""
    return MultiValueDict(
        {key: [str(item) for item in (value if isinstance(value, list) else [value])] for key, value in fields.items()}
    )


def vote(poll, member, **fields):
    return cast_vote(poll=poll, by=member, posted=posted(**fields))
