"""What personal data tasks hold."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.todos.models import Task
from theme.personal_data import Erasure, PersonalData, register

DOING = _("Knowing who does what, and reminding you of it.")
KEPT = _("As long as the group keeps its tasks; your own until you remove them.")


def tasks_about(member):
    return Task.objects.filter(Q(assignee=member) | Q(made_by=member))


def erase_tasks(member) -> int:
    """Private tasks go; those of a group stay for the group, without the name."""
    removed = Task.objects.filter(assignee=member, subgroup__isnull=True).delete()[0]
    open_again = Task.objects.filter(assignee=member, done_at__isnull=True).update(assignee=None, accepted_at=None)
    return removed + open_again


register(
    PersonalData(
        "todos.Task",
        owner="assignee",
        label=_("Your tasks"),
        purpose=DOING,
        kept=KEPT,
        seen_by=_("Only you; tasks of a group: the members of that group."),
        fields=("title", "note", "due_at", "made_at", "accepted_at", "done_at", "repeat"),
        acted=("made_by", "done_by"),
        impersonal=("source",),
        rows=tasks_about,
        erase=erase_tasks,
        erasure=Erasure.UNNAME,
        stays_because=_("tasks of a group are needed there, without your name"),
    )
)
register(
    PersonalData(
        "todos.TaskReminder",
        owner="member",
        label=_("When you are reminded of tasks"),
        purpose=DOING,
        kept=KEPT,
        seen_by=_("Only you."),
        fields=("task", "at", "given_at"),
    )
)
register(
    PersonalData(
        "todos.TaskEvent",
        owner="by",
        label=_("What you did with tasks of a group"),
        purpose=DOING,
        kept=KEPT,
        seen_by=_("The members of that group."),
        fields=("task", "act", "at"),
        acted=("about",),
        erasure=Erasure.UNNAME,
        stays_because=_("tasks of a group are needed there, without your name"),
    )
)
