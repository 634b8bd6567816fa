"""Tasks, when their group is emptied or deleted."""

from django.utils.translation import gettext_lazy as _

from groups.subgroups.contents import Contents, register_contents
from groups.todos.models import Task

register_contents(Contents("tasks", _("Tasks"), lambda subgroup: Task.objects.filter(subgroup=subgroup), order=32))
