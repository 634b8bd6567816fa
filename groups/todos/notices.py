"""What members are told about tasks, the cards on home, and the moments at which a task reminds."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.todos.access import visible_tasks
from groups.todos.models import TaskReminder
from groups.todos.queries import urgent_tasks
from notifications.cards import Card, card_registry
from notifications.kinds import NoticeKind, Words, register_kind
from notifications.models import Reminder
from notifications.reminders import Due, reminder_registry
from theme.templatetags.theme import clock, day

MOST_AT_ONCE = 2000


def _words(sentence):
    """Words that put the title and the other's first name into a sentence, translated when it is shown."""

    def words(member, context, count) -> Words:
        values = {"title": context.get("title", ""), "name": context.get("by", "")}
        return Words(str(sentence) % values, "", reverse("task", args=[context["task"]]), _("View"))

    return words


def _is_visible(member, context) -> bool:
    return visible_tasks(member).filter(pk=context["task"]).exists()


def _is_open_for(member, context) -> bool:
    return visible_tasks(member).filter(pk=context["task"], assignee=member, done_at__isnull=True).exists()


def _is_unanswered(member, context) -> bool:
    mine = visible_tasks(member).filter(pk=context["task"], assignee=member)
    return mine.filter(accepted_at__isnull=True, done_at__isnull=True).exists()


def _kind(code, label, sentence, still_true, **fields):
    register_kind(NoticeKind(code, label, "list-todo", _words(sentence), still_true, **fields))


_kind(
    "task.asked",
    gettext_lazy("Somebody asks you to do a task"),
    gettext_lazy("%(name)s asks: will you do “%(title)s”?"),
    _is_unanswered,
    personal=True,
)
# The member chose this hour, so it is kept, also at night.
_kind(
    "task.reminder",
    gettext_lazy("Reminders of your tasks"),
    gettext_lazy("To do: %(title)s"),
    _is_open_for,
    personal=True,
    urgent=True,
)
_kind(
    "task.accepted",
    gettext_lazy("Somebody takes your task"),
    gettext_lazy("%(name)s will do “%(title)s”"),
    _is_visible,
    digested=True,
)
_kind(
    "task.declined",
    gettext_lazy("Somebody cannot do your task"),
    gettext_lazy("%(name)s cannot do “%(title)s”; it is open again"),
    _is_visible,
)
_kind(
    "task.done",
    gettext_lazy("A task you made is done"),
    gettext_lazy("%(name)s finished “%(title)s”"),
    _is_visible,
    digested=True,
)


@reminder_registry
def task_reminders(now):
    """Reminders whose minute has come. A row is closed once the engine has it in its own books, so none gets lost."""
    due = TaskReminder.objects.filter(given_at__isnull=True, at__lte=now).order_by("at")[:MOST_AT_ONCE]
    found = {_due(row).fact: row for row in due.select_related("task__subgroup")}
    given = set(Reminder.objects.filter(fact__in=found).values_list("fact", flat=True))
    TaskReminder.objects.filter(pk__in=[found[fact].pk for fact in given]).update(given_at=timezone.now())
    return [_due(row) for fact, row in found.items() if fact not in given]


def _due(row: TaskReminder) -> Due:
    task = row.task
    context = {"task": task.pk, "title": task.title}
    return Due(row.member_id, "task.reminder", task.key, row.step, context, task.place)


@card_registry
def task_cards(member) -> list[Card]:
    return [
        Card(
            key=task.key,
            title=task.title,
            detail=_("Will you do this?") if task.is_asked else when(task.due_at),
            path=task.get_absolute_url(),
            button=_("Answer") if task.is_asked else _("View"),
            icon="list-todo",
            hue="teal",
            due_at=task.due_at,
        )
        for task in urgent_tasks(member)
    ]


def when(moment) -> str:
    return _("%(day)s, %(time)s") % {"day": day(moment).capitalize(), "time": clock(moment)} if moment else ""
