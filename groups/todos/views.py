from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.subgroups.access import entered_or_404, entered_subgroups
from groups.subgroups.pages import subgroup_context
from groups.todos import services
from groups.todos.access import may_change, visible_tasks
from groups.todos.forms import LOCAL, SPANS, QuickTaskForm, TaskForm
from groups.todos.queries import done_tasks_of, task_list, tasks_of
from groups.todos.sources import source_of
from notifications.services import read_notices
from theme.responses import form_accepts, page_or_partial, told


@require_http_methods(["GET", "HEAD", "POST"])
def my_tasks(request):
    """Mine, asked of me, open in my groups, done; and what waits elsewhere. Typing a line makes a personal task."""
    form = QuickTaskForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, services.make_task, by=request.user):
        messages.success(request, _("It is on your list."))
        return redirect("tasks")
    context = {"form": form, "tasks": task_list(request.user)}
    return page_or_partial(request, "todos/list.html", context, partials={"tasks"}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_task(request):
    """A task with everything; `?from=message.12` takes its text and keeps the link, `?group=` opens it for a group.

    Pressed at a message, without a title, the task is made straight away: for oneself, and the rest can follow.
    """
    reference = request.GET.get("from", "")[:60]
    source = source_of(request.user, reference)
    is_filled_in = "title" in request.POST
    if request.method == "POST" and not is_filled_in and source and _one_line(source.text):
        task = services.make_task(by=request.user, title=_one_line(source.text), source=reference)
        messages.success(request, _("It is on your list."))
        return redirect(task)
    subgroup = entered_subgroups(request.user).filter(slug=request.GET.get("group", "")).first()
    initial = {"title": _one_line(source.text) if source else "", "subgroup": subgroup}
    form = TaskForm(request.POST if is_filled_in else None, member=request.user, subgroup=subgroup, initial=initial)
    if request.method == "POST" and form_accepts(
        form, services.make_task, by=request.user, source=reference if source else ""
    ):
        messages.success(request, _("The task is made."))
        return redirect(form.result)
    context = {"form": form, "source": source, "subgroup": subgroup}
    return page_or_partial(request, "todos/new.html", context, status=422 if form.errors else 200)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:150]


@require_safe
def task_page(request, task_id):
    task = get_object_or_404(_with_people(visible_tasks(request.user)), pk=task_id)
    read_notices(member=request.user, keys=[task.key])
    context = {
        "task": task,
        "source": source_of(request.user, task.source) if task.source else None,
        "may_change": may_change(request.user, task),
        "is_mine": task.assignee_id == request.user.pk,
        "events": task.events.select_related("by", "about"),
        "reminders": task.reminders.filter(member=request.user).order_by("at"),
    }
    return page_or_partial(request, "todos/task.html", context)


def _with_people(tasks):
    return tasks.select_related("subgroup", "assignee", "made_by", "done_by")


@require_http_methods(["GET", "HEAD", "POST"])
def edit_task(request, task_id):
    task = get_object_or_404(_with_people(visible_tasks(request.user)), pk=task_id)
    form = TaskForm(request.POST or None, member=request.user, task=task, initial=_present(task))
    if request.method == "POST" and form_accepts(form, services.change_task, task=task, by=request.user):
        messages.success(request, _("Saved."))
        return redirect(task)
    return page_or_partial(request, "todos/edit.html", {"form": form, "task": task}, status=422 if form.errors else 200)


def _present(task) -> dict:
    waiting = task.reminders.filter(given_at__isnull=True)
    offered = {reminder: str(int(reminder.before.total_seconds()) // 60) for reminder in waiting}
    own = [reminder for reminder, minutes in offered.items() if not task.due_at or minutes not in dict(SPANS)]
    return {
        "title": task.title,
        "note": task.note,
        "assignee": task.assignee_id,
        "repeat": task.repeat,
        "due_at": timezone.localtime(task.due_at).strftime(LOCAL) if task.due_at else None,
        "remind_before": [minutes for reminder, minutes in offered.items() if reminder not in own],
        "remind_at": timezone.localtime(own[0].at).strftime(LOCAL) if own else None,
    }


ACTS = {
    "take": services.take_task,
    "decline": services.decline_task,
    "finish": services.finish_task,
    "reopen": services.reopen_task,
    "remove": services.remove_task,
}


@require_POST
def act_on_task(request, task_id):
    task = get_object_or_404(visible_tasks(request.user), pk=task_id)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponseBadRequest()
    told(request, act, task=task, by=request.user)
    if request.POST.get("back") == "list" or act is services.remove_task:
        return redirect(reverse("tasks"))
    return redirect(task)


@require_safe
def subgroup_tasks(request, slug):
    subgroup = entered_or_404(request.user, slug, "tasks")
    context = {
        **subgroup_context(request, subgroup, "tasks"),
        "tasks": tasks_of(subgroup),
        "done": done_tasks_of(subgroup),
    }
    return page_or_partial(request, "todos/subgroup.html", context)
