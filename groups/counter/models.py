"""What the association does for its members on request, and the requests: each with a number, an owner and a state."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import MembershipKind


class Service(models.Model):
    """Something members can ask for. `kinds` and `needs_paid_fee` say for whom it is; empty means everybody."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    description = models.TextField(_("description"), max_length=2000)
    question = models.CharField(
        _("what you ask the member to write"), max_length=120, default=_("What do you need, and when?")
    )
    kinds = models.ManyToManyField(
        MembershipKind, blank=True, related_name="+", verbose_name=_("only for these kinds of membership")
    )
    needs_paid_fee = models.BooleanField(_("only for who paid the fee"), default=False)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who looks after it"),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("answered within so many days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Empty: as the association promises for every question."),
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("service"), _("services")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__isnull=True) | Q(answer_days__gte=1, answer_days__lte=90),
                name="service_answer_days",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("service", args=[self.pk])


class ServiceRequest(models.Model):
    """One request. Its number is the one of its row, so it is never given twice."""

    class State(models.TextChoices):
        NEW = "new", _("waits for somebody")
        BUSY = "busy", _("somebody is on it")
        DONE = "done", _("done")
        DECLINED = "declined", _("not possible")

    OPEN = (State.NEW, State.BUSY)

    service = models.ForeignKey(Service, models.PROTECT, related_name="requests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="service_requests")
    text = models.TextField(max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    # Empty for what was asked before days were promised.
    due_on = models.DateField(_("answer before the end of"), null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("request for a service"), _("requests for services")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], condition=Q(state__in=["new", "busy"]), name="service_request_open")]

    def __str__(self):
        return f"{self.service} · {self.pk}"

    def get_absolute_url(self):
        return reverse("service-request", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()


class RequestStep(models.Model):
    """A state a request came into, with what was said; only ever added."""

    request = models.ForeignKey(ServiceRequest, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=ServiceRequest.State)
    note = models.TextField(_("message to the member"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("step of a request"), _("steps of requests")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(note=""), name="request_declined_with_reason")
        ]

    def __str__(self):
        return f"{self.request_id} · {self.state}"
