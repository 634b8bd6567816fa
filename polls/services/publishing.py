"""Making a result known: publication, and the outcome statement that tells voters what happens with it."""

from django.db import transaction

from groups.people.audit import record
from polls.errors import NotYetCounted
from polls.models import Poll
from polls.services.locks import hold_poll


@transaction.atomic
def publish_result(*, poll: Poll, by) -> Poll:
    """Show the result to everybody whom its rules name; publishing again changes nothing. Raises NotYetCounted."""
    poll = hold_poll(poll.pk)
    if poll.state == Poll.State.PUBLISHED:
        return poll
    if poll.state != Poll.State.COUNTED:
        raise NotYetCounted
    poll.state = Poll.State.PUBLISHED
    poll.save(update_fields=["state"])
    record(by=by, act="poll.published", about=poll)
    return poll
