"""What tasks tell who was away: those that came up in their groups and that nobody has finished."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.todos.access import visible_tasks
from notifications.catching_up import MOST, Line, Part, register_part


def new_tasks(member, since: datetime) -> list[Line]:
    found = visible_tasks(member).filter(made_at__gte=since, done_at__isnull=True).exclude(made_by=member)
    found = found.select_related("assignee", "subgroup").order_by("-made_at")
    return [
        Line(
            task.title,
            " · ".join(str(part) for part in (task.subgroup, task.assignee) if part),
            task.get_absolute_url(),
            task.made_at,
        )
        for task in found[:MOST]
    ]


register_part(Part("tasks", _("New tasks"), "list-todo", new_tasks, order=25))
