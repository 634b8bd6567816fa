"""Whose tasks are whose: personal ones are private, those of a subgroup are for its members."""

from django.db.models import Q

from groups.subgroups.access import entered_ids, may_manage
from groups.todos.models import Task


def visible_tasks(member):
    """Tasks this member may know exist: their own personal ones, and those of the subgroups they are in now."""
    personal = Q(subgroup__isnull=True, assignee=member)
    return Task.objects.filter(personal | Q(subgroup__in=entered_ids(member)))


def may_change(member, task: Task) -> bool:
    """Who does it, who made it, and managers of the subgroup."""
    if member.pk in (task.assignee_id, task.made_by_id):
        return True
    return task.subgroup_id is not None and may_manage(member, task.subgroup)
