"""Who takes a role starts with a short list: five tasks that a newcomer in that role does best first."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from groups.subgroups.models import SubgroupRole
from groups.subgroups.services.roles import taken_registry
from groups.todos.models import Task
from groups.todos.services import make_task

FIRST_TASKS = {
    SubgroupRole.GELDCHEF: (
        _("Look at the pots of %(group)s and what is in them"),
        _("Take over the pots that are offered to you, after comparing the figures"),
        _("Read how asking, reminding and waiving of payments goes"),
        _("Agree with the managers of %(group)s what the next pot is for"),
        _("Set up your second step or a passkey"),
    ),
    SubgroupRole.MANAGER: (
        _("Read the description and the rules of %(group)s: do they still hold?"),
        _("Look who waits to come into %(group)s"),
        _("Choose what members of %(group)s may do themselves"),
        _("Say hello in %(group)s and tell what you are going to do"),
        _("Find somebody who can take over from you when you are away"),
    ),
    SubgroupRole.MODERATOR: (
        _("Read the rules of %(group)s"),
        _("Look at the reports that are open"),
        _("Agree with the managers of %(group)s when you step in"),
        _("Tell the members of %(group)s that they can come to you"),
        _("Choose which notices you want to get"),
    ),
}


@taken_registry
@transaction.atomic
def first_tasks(subgroup, role: str, member) -> None:
    """Only the member sees them, and only the first time in this role of this group."""
    source = f"start.{role}.{subgroup.pk}"
    if Task.objects.filter(assignee=member, source=source).exists():
        return
    with override(member.language or "nl"):
        for title in FIRST_TASKS.get(role, ()):
            make_task(by=member, title=(title % {"group": subgroup.name})[:150], source=source)
