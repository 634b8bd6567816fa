"""Tasks of a group go along when somebody hands over a role in it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.subgroups.handover import Hanging, handover_registry
from groups.todos.models import Task, TaskReminder


@handover_registry
def open_tasks(subgroup, role, member) -> Hanging:
    """What the member still has to do for the group, whatever the role."""
    tasks = Task.objects.filter(subgroup=subgroup, assignee=member, done_at__isnull=True)

    @transaction.atomic
    def pass_on(*, old, new):
        pks = list(tasks.values_list("pk", flat=True))
        coming = TaskReminder.objects.filter(task__in=pks, given_at__isnull=True)
        coming.filter(member=new).delete()
        coming.filter(member=old).update(member=new)
        Task.objects.filter(pk__in=pks).update(assignee=new, accepted_at=timezone.now())

    return Hanging(_("Open tasks"), tasks.count(), pass_on)
