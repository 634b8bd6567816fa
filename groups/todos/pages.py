"""Tasks on the page of a subgroup: a tab, and a card with what is overdue."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import is_member
from groups.subgroups.modules import Tab, tab_registry
from groups.subgroups.pages import SideCard, side_card_registry
from groups.todos.queries import tasks_of
from theme.navigation import Entry, register_entry

SHOWN = 3

register_entry(
    Entry("tasks", _("Tasks"), "tasks", "list-todo", ("sidebar", "more"), 45, shown=lambda r: r.user.is_authenticated)
)


@tab_registry
def tasks_tab() -> Tab:
    return Tab(module="tasks", label=_("Tasks"), icon="list-todo", url_name="subgroup-tasks", position=60)


@side_card_registry
def overdue_card(request, subgroup) -> SideCard | None:
    """Overdue tasks stand on every page of the group, until somebody has done them."""
    if not subgroup.has_module("tasks") or not is_member(request.user, subgroup):
        return None
    overdue = [task for task in tasks_of(subgroup).filter(due_at__isnull=False)[:SHOWN] if task.is_overdue]
    if not overdue:
        return None
    values = {"tasks": overdue, "url": reverse("subgroup-tasks", args=[subgroup.slug])}
    return SideCard("todos/overdue_card.html", 40, values)
