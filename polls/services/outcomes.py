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
    was_told = Outcome.objects.filter(poll=poll, nothing_follows=False).exists()
    said = {"text": text.strip(), "link": link, "nothing_follows": False, "stated_by": by}
    outcome, _is_new = Outcome.objects.update_or_create(poll=poll, defaults=said)
    record(by=by, act="poll.outcome_stated", about=poll)
    electors = Elector.objects.filter(poll=poll, member__isnull=False)
    if not was_told:
        notify(
            member_ids=electors.values_list("member_id", flat=True).iterator(),
            kind="poll.outcome",
            key=f"poll-outcome:{poll.pk}",
            context={"poll": poll.pk},
        )
    return outcome


@transaction.atomic
def let_rest(*, poll: Poll, by) -> Outcome:
    """Nothing follows from the result: it stands on the poll's page, leaves the manager's list, and tells nobody.

    An outcome that was stated stays; one can still be stated later. Raises NotYetCounted.
    """
    poll = hold_poll(poll.pk)
    if poll.state not in (Poll.State.COUNTED, Poll.State.PUBLISHED):
        raise NotYetCounted
    outcome, is_new = Outcome.objects.get_or_create(poll=poll, defaults={"nothing_follows": True, "stated_by": by})
    if is_new:
        record(by=by, act="poll.let_rest", about=poll)
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
