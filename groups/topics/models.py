"""What a discussion is besides a discussion: a proposition, a suggestion, an ask, an offer or a question."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Conversation
from groups.people.models import Interest


class Topic(models.Model):
    """The kind of a discussion and the state it is in. A discussion without one is just that."""

    class Kind(models.TextChoices):
        PROPOSITION = "proposition", _("proposition")
        SUGGESTION = "suggestion", _("suggestion")
        ASK = "ask", _("ask for help")
        OFFER = "offer", _("offer")
        QUESTION = "question", _("question")
        FEEDBACK = "feedback", _("ask for feedback")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CONSIDERED = "considered", _("being looked at")
        PLANNED = "planned", _("will be done")
        DONE = "done", _("done")
        DECLINED = "declined", _("not going to happen")
        HELPED = "helped", _("helped")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="topic")
    kind = models.CharField(max_length=11, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    state_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField(_("open up to and including"), null=True, blank=True)
    interest = models.ForeignKey(Interest, models.SET_NULL, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("answer before the end of"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("kind of discussion"), _("kinds of discussions")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["proposition", "feedback"], state__in=["open", "closed"])
                | Q(kind="suggestion", state__in=["open", "considered", "planned", "done", "declined"])
                | Q(kind__in=["ask", "offer"], state__in=["open", "helped", "closed"])
                | Q(kind="question", state__in=["open", "answered", "closed"]),
                name="topic_state_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="question", due_on__isnull=False)
                | (~Q(kind="question") & Q(due_on__isnull=True, owner__isnull=True)),
                name="topic_question_has_due_day",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(kind="proposition"), name="topic_only_propositions_close"
            ),
        ]
        indexes = [models.Index(fields=["kind", "state", "due_on"], name="topic_to_do")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.conversation_id}"

    def get_absolute_url(self):
        return self.conversation.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """A proposition is over after its last day, without anybody having to close it."""
        if self.kind == self.Kind.PROPOSITION and self.closes_on and self.closes_on < timezone.localdate():
            return False
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.kind == self.Kind.QUESTION and self.is_open and self.due_on < timezone.localdate()

    @property
    def days_old(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.conversation.started_at)).days


class StateChange(models.Model):
    """A step in the life of a topic; only ever added. Saying no needs a reason."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="changes")
    state = models.CharField(max_length=10, choices=Topic.State)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("step of a topic"), _("steps of topics")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="topic_declined_with_reason")
        ]

    def __str__(self):
        return f"{self.topic_id} · {self.state}"


class Stance(models.Model):
    """Where a member stands towards a proposition: 1 is wholly against, 5 wholly in favour."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="stances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    value = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("stance"), _("stances")
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="stance_once"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=5), name="stance_one_to_five"),
        ]

    def __str__(self):
        return f"{self.topic_id} · {self.value}"


class Argument(models.Model):
    """A reason for or against a proposition, which others can back."""

    class Side(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="arguments")
    side = models.CharField(max_length=7, choices=Side)
    text = models.CharField(_("argument"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("argument"), _("arguments")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="argument_has_text")]

    def __str__(self):
        return f"{self.topic_id} · {self.side}"


class Backing(models.Model):
    """A member finds this argument a good one."""

    argument = models.ForeignKey(Argument, models.CASCADE, related_name="backings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("backing"), _("backings")
        constraints = [models.UniqueConstraint(fields=["argument", "member"], name="backing_once")]

    def __str__(self):
        return f"{self.argument_id} · {self.member_id}"


class Second(models.Model):
    """A member supports a suggestion, or would help with an ask."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="seconds")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("support"), _("support")
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="second_once")]

    def __str__(self):
        return f"{self.topic_id} · {self.member_id}"


class Note(models.Model):
    """What who answers a question writes for each other. Members never see it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="notes")
    text = models.TextField(_("note"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("internal note"), _("internal notes")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_has_text")]

    def __str__(self):
        return f"{self.topic_id} · {self.pk}"


class Helper(models.Model):
    """A member wants to hear of asks that fit their interests. Without a row: no."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="helper")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("helper"), _("helpers")

    def __str__(self):
        return str(self.member)
