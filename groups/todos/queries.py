"""Reading tasks for the list, the group page and home."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from groups.subgroups.access import entered_ids
from groups.todos.access import visible_tasks
from groups.todos.models import Task
from notifications.cards import Card, cards_for
from theme.kept import now

DONE_SHOWN = 10
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class TaskList:
    """What waits elsewhere, what is mine, what I am asked, what nobody took in my groups, and what I finished."""

    cards: list[Card] = field(default_factory=list)
    asked: list[Task] = field(default_factory=list)
    mine: list[Task] = field(default_factory=list)
    free: list[Task] = field(default_factory=list)
    done: list[Task] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.asked or self.mine or self.free)


def in_order(tasks):
    """Soonest first, those without a moment last."""
    return tasks.select_related("subgroup", "assignee").order_by(F("due_at").asc(nulls_last=True), "pk")


def task_list(member) -> TaskList:
    visible = visible_tasks(member)
    own = list(in_order(visible.filter(assignee=member, done_at__isnull=True)))
    return TaskList(
        cards=[card for card in cards_for(member) if not card.key.startswith("task:")],
        asked=[task for task in own if task.is_asked],
        mine=[task for task in own if not task.is_asked],
        free=list(in_order(visible.filter(assignee__isnull=True, done_at__isnull=True))[:30]),
        done=list(visible.filter(done_by=member).select_related("subgroup").order_by("-done_at")[:DONE_SHOWN]),
    )


def tasks_of(subgroup):
    """The open tasks of a subgroup; the caller has checked that it may be entered."""
    return in_order(Task.objects.filter(subgroup=subgroup, done_at__isnull=True))


def done_tasks_of(subgroup):
    """What was finished last in a subgroup, and by whom."""
    done = Task.objects.filter(subgroup=subgroup, done_at__isnull=False)
    return done.select_related("done_by").order_by("-done_at")[:DONE_SHOWN]


def overdue_tasks_of(subgroup):
    """The open tasks of a subgroup whose moment has passed, the longest ago first."""
    return tasks_of(subgroup).filter(due_at__lt=now())


def urgent_tasks(member):
    """Of this member: asked and not answered, overdue, or due within a week. For home."""
    mine = Task.objects.filter(assignee=member, done_at__isnull=True)
    soon = mine.filter(due_at__lte=timezone.now() + SOON) | mine.filter(accepted_at__isnull=True)
    groups = entered_ids(member)
    return in_order(soon.filter(subgroup__isnull=True) | soon.filter(subgroup__in=groups))
