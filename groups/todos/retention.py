"""How long a finished task is kept."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.todos.models import Task
from theme.retention import RetentionRule, not_held, register_rule, take_away


def wipe_tasks(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return take_away(not_held(Task.objects.filter(done_at__lt=before), "subgroup"), limit)


register_rule(RetentionRule("tasks", _("Tasks that are done"), 365, wipe_tasks))
