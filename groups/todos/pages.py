"""Tasks on the page of a subgroup: a tab, and a card with what is overdue."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import is_member
from groups.subgroups.modules import Tab, tab_registry
from groups.subgroups.pages import HeadLink, SideCard, frame_question_registry, head_link_registry, side_card_registry
from groups.todos.queries import overdue_tasks_of
from theme.kept import Asked
from theme.navigation import Entry, register_entry
from theme.together import together

SHOWN = 3

register_entry(
    Entry("tasks", _("Tasks"), "tasks", "list-todo", ("sidebar", "more"), 45, shown=lambda r: r.user.is_authenticated)
)


@tab_registry
def tasks_tab() -> Tab:
    return Tab(module="tasks", label=_("Tasks"), icon="list-todo", url_name="subgroup-tasks", position=60)


@head_link_registry
def new_task_link(request, subgroup) -> HeadLink | None:
    """In a chat there is no bottom bar; a task of one's own is two taps away there too."""
    if not is_member(request.user, subgroup):
        return None
    return HeadLink(_("New task"), "list-todo", reverse("new-task"), 40)


def overdue_tasks_here(member, subgroup):
    return overdue_tasks_of(subgroup)


@frame_question_registry
def overdue(questions, member, subgroup) -> None:
    if subgroup.has_module("tasks") and is_member(member, subgroup):
        questions.first("overdue tasks", Asked(overdue_tasks_here, member, subgroup), "title", "due_at", limit=SHOWN)


@side_card_registry
def overdue_card(request, subgroup) -> SideCard | None:
    """Overdue tasks stand on every page of the group, until somebody has done them."""
    questions = together(request)
    if "overdue tasks" not in questions or not questions["overdue tasks"]:
        return None
    values = {"tasks": questions["overdue tasks"], "url": reverse("subgroup-tasks", args=[subgroup.slug])}
    return SideCard("todos/overdue_card.html", 40, values)
