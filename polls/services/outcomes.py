"""The outcome statement: what happens with a result, told to who could vote."""

from django.db import transaction

from groups.people.audit import record
from groups.todos.services import make_task
from notifications.services import notify
from polls.errors import NotYetCounted
from polls.models import Elector, FollowUp, Outcome, Poll
from polls.services.locks import hold_poll


@transaction.atomic
def state_outcome(*, poll: Poll, by, text: str, link: str = "") -> Outcome:
    """Say what happens now; the first time everybody who could vote is told, a correction tells nobody again."""
    poll = hold_poll(poll.pk)
    if poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        raise NotYetCounted
    said = {"text": text.strip(), "link": link, "stated_by": by}
    outcome, _is_new = Outcome.objects.update_or_create(poll=poll, defaults=said)
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


@transaction.atomic
def add_follow_up(*, poll: Poll, by, title: str, subgroup=None, assignee=None, due_at=None) -> FollowUp:
    """Something to be done because of a result, as a task: of a group `by` is in, or without one of `by` alone.

    Raises NotYetCounted, and what making a task refuses.
    """
    poll = hold_poll(poll.pk)
    if poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        raise NotYetCounted
    task = make_task(
        by=by,
        title=title,
        subgroup=subgroup or poll.subgroup,
        assignee=assignee,
        note=poll.question,
        due_at=due_at,
        source=f"poll.{poll.pk}",
    )
    record(by=by, act="poll.follow_up_made", about=poll, details={"task": task.pk})
    return FollowUp.objects.create(poll=poll, task=task)
