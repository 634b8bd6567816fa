"""Tasks: of one person, or of a subgroup with somebody who accepted to do them; with reminders and a history."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groups.subgroups.models import Subgroup


class Task(models.Model):
    """Something to do. Without a subgroup it is private to its maker, who is then the one who does it."""

    class Repeat(models.TextChoices):
        NEVER = "", _("Once")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month")
        YEARLY = "yearly", _("Every year")

    title = models.CharField(_("what is to be done"), max_length=150)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    subgroup = models.ForeignKey(
        Subgroup, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("group")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="tasks_made")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("who does it"),
    )
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_at = models.DateTimeField(_("before"), null=True, blank=True)
    repeat = models.CharField(_("repeat"), max_length=7, choices=Repeat, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)
    source = models.CharField(max_length=60, blank=True, editable=False, help_text="What it came from: message.12")
    repeats = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_time", editable=False
    )

    class Meta:
        verbose_name, verbose_name_plural = _("task"), _("tasks")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="task_has_title"),
            models.CheckConstraint(condition=Q(repeat="") | Q(due_at__isnull=False), name="task_repeats_from_a_moment"),
        ]
        indexes = [
            models.Index(fields=["assignee", "due_at"], condition=Q(done_at__isnull=True), name="task_open_of_member"),
            models.Index(fields=["subgroup", "due_at"], condition=Q(done_at__isnull=True), name="task_open_of_group"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("task", args=[self.pk])

    @property
    def key(self) -> str:
        """What notices and cards about this task are about."""
        return f"task:{self.pk}"

    @property
    def place(self) -> str:
        return self.subgroup.stream if self.subgroup_id else ""

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.due_at is not None and self.due_at < timezone.now()

    @property
    def is_asked(self) -> bool:
        """Somebody was asked and has not answered yet."""
        return self.assignee_id is not None and self.accepted_at is None

    @property
    def is_open_to_all(self) -> bool:
        return self.assignee_id is None and not self.is_done


class TaskReminder(models.Model):
    """The moment at which one member is to be reminded of a task."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="reminders")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DurationField(default=timedelta, help_text="How long before the task is due")
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("reminder of a task"), _("reminders of tasks")
        constraints = [models.UniqueConstraint(fields=["task", "member", "at"], name="task_reminder_once")]
        indexes = [models.Index(fields=["at"], condition=Q(given_at__isnull=True), name="task_reminder_due")]

    def __str__(self):
        return f"{self.task_id} · {self.at}"

    @property
    def step(self) -> str:
        return f"r{self.pk}"


class TaskEvent(models.Model):
    """What happened to a task of a subgroup: who made, took, declined, finished it."""

    class Act(models.TextChoices):
        MADE = "made", _("made this task")
        CHANGED = "changed", _("changed this task")
        ASKED = "asked", pgettext_lazy("step of a task", "asked")
        ACCEPTED = "accepted", _("will do it")
        DECLINED = "declined", _("cannot do it")
        DONE = "done", _("finished it")
        REOPENED = "reopened", _("opened it again")

    task = models.ForeignKey(Task, models.CASCADE, related_name="events")
    act = models.CharField(max_length=8, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("step of a task"), _("steps of tasks")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.task_id} · {self.act}"
