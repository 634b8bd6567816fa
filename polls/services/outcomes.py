"""The outcome statement: what happens with a result, told to who could vote."""

from django.db import transaction

from groups.people.audit import record
from notifications.services import notify
from polls.errors import NotYetCounted
from polls.models import Elector, Outcome, Poll
from polls.services.locks import hold_poll


@transaction.atomic
def state_outcome(*, poll: Poll, by, text: str) -> Outcome:
    """Say what happens now; the first time everybody who could vote is told, a correction tells nobody again."""
    poll = hold_poll(poll.pk)
    if poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        raise NotYetCounted
    outcome, _is_new = Outcome.objects.update_or_create(poll=poll, defaults={"text": text.strip(), "stated_by": by})
    record(by=by, act="poll.outcome_stated", about=poll)
    electors = Elector.objects.filter(poll=poll, member__isnull=False)
    if _is_new:
        notify(
            member_ids=electors.values_list("member_id", flat=True).iterator(),
            kind="poll.outcome",
            key=f"poll-outcome:{poll.pk}",
            context={"poll": poll.pk},
        )
    return outcome
