"""Every change of tasks: making, taking, finishing, repeating, and the moments at which they remind."""

import calendar
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from groups.subgroups.access import members_of
from groups.todos.access import may_change
from groups.todos.errors import AlreadyDone, AlreadyTaken, NeedsMoment, NotInThisGroup, NotYours
from groups.todos.models import Task, TaskEvent, TaskReminder
from notifications.services import notify, read_notices

Act = TaskEvent.Act
Repeat = Task.Repeat


@transaction.atomic
def make_task(
    *,
    by,
    title: str,
    subgroup=None,
    assignee=None,
    note: str = "",
    due_at: datetime | None = None,
    repeat: str = "",
    remind_before: Iterable[timedelta] = (),
    remind_at: datetime | None = None,
    source: str = "",
) -> Task:
    """Make a task: private to `by` without a subgroup, else for the members of it.

    An assignee other than the maker is asked first. `remind_before` are spans before `due_at`; zero is the moment
    itself; `remind_at` is a moment of its own, which needs no `due_at`. Raises NotInThisGroup, NeedsMoment. The
    caller has checked that `by` is in the subgroup.
    """
    spans = list(remind_before)
    _check(subgroup, assignee, due_at, repeat, spans)
    doer = assignee if subgroup else by
    task = Task.objects.create(
        title=title,
        note=note,
        subgroup=subgroup,
        made_by=by,
        assignee=doer,
        accepted_at=timezone.now() if doer == by else None,
        due_at=due_at,
        repeat=repeat,
        source=source,
    )
    _note(task, Act.MADE, by)
    _ask(task, by)
    _plan_reminders(task, spans, remind_at)
    return task


@transaction.atomic
def change_task(
    *,
    task: Task,
    by,
    title: str,
    note: str = "",
    subgroup=None,
    assignee=None,
    due_at: datetime | None = None,
    repeat: str = "",
    remind_before: Iterable[timedelta] = (),
    remind_at: datetime | None = None,
) -> Task:
    """Change an open task; reminders are planned afresh. Raises NotYours, AlreadyDone, NotInThisGroup, NeedsMoment.

    A private task may become one of a `subgroup`, which who had it still does. The caller has checked that `by` is
    in the subgroup.
    """
    task, spans = _open_task(task), list(remind_before)
    if not may_change(by, task):
        raise NotYours
    if subgroup and not task.subgroup_id:
        task.subgroup, assignee = subgroup, task.assignee
    _check(task.subgroup, assignee, due_at, repeat, spans)
    before = task.assignee_id
    task.title, task.note, task.due_at, task.repeat = title, note, due_at, repeat
    if task.subgroup_id and (assignee.pk if assignee else None) != before:
        task.assignee = assignee
        task.accepted_at = timezone.now() if assignee == by else None
    task.save()
    _note(task, Act.CHANGED, by)
    if task.assignee_id != before:
        _ask(task, by)
    task.reminders.filter(given_at__isnull=True).delete()
    _plan_reminders(task, spans, remind_at)
    return task


def _check(subgroup, assignee, due_at, repeat, spans) -> None:
    if subgroup and assignee and not members_of(subgroup).filter(pk=assignee.pk).exists():
        raise NotInThisGroup
    if due_at is None and (repeat or spans):
        raise NeedsMoment


def _open_task(task: Task) -> Task:
    task = Task.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=task.pk)
    if task.is_done:
        raise AlreadyDone
    return task


def _note(task: Task, act: str, by, about=None) -> None:
    if task.subgroup_id:
        TaskEvent.objects.create(task=task, act=act, by=by, about=about)


def _ask(task: Task, by) -> None:
    """Tell the assignee that they are asked; what one takes oneself needs no question."""
    if not task.is_asked:
        return
    _note(task, Act.ASKED, by, task.assignee)
    _tell([task.assignee_id], "task.asked", task, by, f"task-asked:{task.pk}:{task.events.count()}")


def _tell(member_ids, kind: str, task: Task, by, fact: str) -> None:
    context = {"task": task.pk, "title": task.title, "by": by.first_name if by else ""}
    notify(member_ids=member_ids, kind=kind, key=task.key, context=context, dedupe=fact, place=task.place)


def _plan_reminders(task: Task, spans: list[timedelta], remind_at: datetime | None = None) -> None:
    """Reminders for who does it; nobody is reminded of what nobody took."""
    if task.assignee_id is None:
        return
    moments = {_ahead(task.due_at, span): span for span in set(spans)} if task.due_at else {}
    if remind_at:
        moments.setdefault(remind_at, task.due_at - remind_at if task.due_at else timedelta())
    rows = [TaskReminder(task=task, member_id=task.assignee_id, at=at, before=span) for at, span in moments.items()]
    TaskReminder.objects.bulk_create(
        [row for row in rows if row.at > timezone.now() - timedelta(minutes=1)], ignore_conflicts=True
    )


def _ahead(due_at: datetime, span: timedelta) -> datetime:
    """The moment `span` before: whole days by the clock on the wall, so that 08:30 stays 08:30; hours as they pass."""
    local = timezone.localtime(due_at)
    wall = (local.replace(tzinfo=None) - timedelta(days=span.days)).replace(tzinfo=local.tzinfo)
    return wall.astimezone(UTC) - timedelta(seconds=span.seconds)


@transaction.atomic
def take_task(*, task: Task, by) -> None:
    """“I will do it”: for a task nobody has, or one that I was asked for. Raises AlreadyTaken, AlreadyDone."""
    task = _open_task(task)
    if task.assignee_id not in (None, by.pk):
        raise AlreadyTaken
    Task.objects.filter(pk=task.pk).update(assignee=by, accepted_at=timezone.now())
    _note(task, Act.ACCEPTED, by)
    if task.due_at and not task.reminders.filter(member=by).exists():
        task.assignee_id = by.pk
        _plan_reminders(task, [timedelta(days=1), timedelta()])
    _answered(task, by, "task.accepted")


@transaction.atomic
def decline_task(*, task: Task, by) -> None:
    """“I cannot”: the task is open to everybody again. Raises NotYours, AlreadyDone."""
    task = _open_task(task)
    if task.assignee_id != by.pk or task.subgroup_id is None:
        raise NotYours
    Task.objects.filter(pk=task.pk).update(assignee=None, accepted_at=None)
    task.reminders.filter(given_at__isnull=True).delete()
    _note(task, Act.DECLINED, by)
    _answered(task, by, "task.declined")


def _answered(task: Task, by, kind: str) -> None:
    read_notices(member=by, keys=[task.key])
    if task.made_by_id and task.made_by_id != by.pk:
        _tell([task.made_by_id], kind, task, by, f"{kind}:{task.pk}:{task.events.count()}")


@transaction.atomic
def finish_task(*, task: Task, by) -> Task | None:
    """Done. A task that repeats comes back at its next moment, which is returned. Raises NotYours, AlreadyDone."""
    task = _open_task(task)
    if not may_change(by, task):
        raise NotYours
    Task.objects.filter(pk=task.pk).update(done_at=timezone.now(), done_by=by)
    task.reminders.filter(given_at__isnull=True).delete()
    _note(task, Act.DONE, by)
    _answered(task, by, "task.done")
    return _next_time(task) if task.repeat else None


def _next_time(task: Task) -> Task:
    spans = list(task.reminders.values_list("before", flat=True)) or [timedelta()]
    due_at = next_moment(task.due_at, task.repeat, timezone.now())
    following = Task.objects.create(
        title=task.title,
        note=task.note,
        subgroup=task.subgroup,
        made_by=task.made_by,
        assignee=task.assignee,
        accepted_at=task.accepted_at,
        due_at=due_at,
        repeat=task.repeat,
        source=task.source,
        repeats=task,
    )
    _note(following, Act.MADE, task.made_by)
    _plan_reminders(following, spans)
    return following


def next_moment(due_at: datetime, repeat: str, now: datetime) -> datetime:
    """The first repetition after both `due_at` and `now`, at the same hour on the wall."""
    local = timezone.localtime(due_at)
    for number in range(1, 5000):
        day = _shifted(local.date(), repeat, number)
        moment = datetime.combine(day, local.time(), local.tzinfo)
        if moment > now:
            return moment
    raise NeedsMoment


def _shifted(day: date, repeat: str, number: int) -> date:
    if repeat in (Repeat.DAILY, Repeat.WEEKLY):
        return day + timedelta(days=number * (7 if repeat == Repeat.WEEKLY else 1))
    months = day.month - 1 + number * (12 if repeat == Repeat.YEARLY else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@transaction.atomic
def reopen_task(*, task: Task, by) -> None:
    """Finished by mistake: open again, and what had come in its place goes if nobody touched it. Raises NotYours."""
    task = Task.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=task.pk)
    if not may_change(by, task):
        raise NotYours
    Task.objects.filter(repeats=task, done_at__isnull=True).delete()
    Task.objects.filter(pk=task.pk).update(done_at=None, done_by=None)
    _note(task, Act.REOPENED, by)


@transaction.atomic
def remove_task(*, task: Task, by) -> None:
    """Take a task away altogether. Raises NotYours."""
    if not may_change(by, task):
        raise NotYours
    read_notices(member=by, keys=[task.key])
    Task.objects.filter(pk=task.pk).delete()
