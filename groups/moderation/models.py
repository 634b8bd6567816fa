"""Reports, what moderators did, and unusual rises in reactions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Message
from groups.subgroups.models import Subgroup


class Report(models.Model):
    """Somebody finds a message or a person not all right. Moderators know who reported, the reported never do."""

    class Category(models.TextChoices):
        RUDE = "rude", _("Rude or hurtful")
        SPAM = "spam", _("Advertising or spam")
        PRIVATE = "private", _("Somebody's private information")
        UNSAFE = "unsafe", _("Unsafe or threatening")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        ACTED = "acted", _("We did something about it")
        NOTHING = "nothing", _("We found nothing against the guidelines")

    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="reports")
    # What an app above registered (things.py), by its kind and number: no key, because moderation does not know it.
    thing = models.CharField(max_length=20, blank=True)
    thing_number = models.PositiveBigIntegerField(null=True, blank=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, related_name="+")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    category = models.CharField(_("what is wrong?"), max_length=10, choices=Category)
    explanation = models.TextField(_("explanation"), max_length=1000, blank=True)
    # The words as they were; the message may change or go, the judgement is about this.
    words = models.TextField(blank=True)
    picture = models.FileField(upload_to="reports/", blank=True, help_text="As it was, until the report is closed")
    created_at = models.DateTimeField(default=timezone.now)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("answer to who reported it"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("report"), _("reports")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "reporter"], condition=Q(closed_at__isnull=True), name="report_once_while_open"
            ),
            models.UniqueConstraint(
                fields=["thing", "thing_number", "reporter"],
                condition=Q(closed_at__isnull=True, thing_number__isnull=False),
                name="report_thing_once_while_open",
            ),
            models.CheckConstraint(
                condition=Q(thing="", thing_number__isnull=True) | (~Q(thing="") & Q(thing_number__isnull=False)),
                name="report_thing_has_kind_and_number",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="report_closed_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=Q(closed_at__isnull=True), name="report_open")]

    def __str__(self):
        return f"{self.get_category_display()} · {self.pk}"

    def get_absolute_url(self):
        return reverse("report", args=[self.pk])

    @property
    def possible_acts(self) -> list[tuple[str, str]]:
        """Only a message can be hidden or sent back to be changed; what else was reported stays or goes."""
        left_out = {Act.Kind.HIDE, Act.Kind.ASK} if self.thing else set()
        return [choice for choice in Act.Kind.choices if choice[0] not in left_out]


class Act(models.Model):
    """What a moderator did, with the reason that the member is given and can answer once."""

    class Kind(models.TextChoices):
        HIDE = "hide", _("Hide the message")
        ASK = "ask", _("Ask to change it")
        REMOVE = "remove", _("Remove the message")
        WARN = "warn", _("Warn")
        LIMIT = "limit", _("No posting for some days")
        BAN = "ban", _("Take out of the group")

    report = models.ForeignKey(Report, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=6, choices=Kind)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="moderation_acts")
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("your answer"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("act of a moderator"), _("acts of moderators")
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="act_has_reason"),
            models.CheckConstraint(
                condition=(Q(kind="limit", until__isnull=False) & Q(until__gt=F("at")))
                | (~Q(kind="limit") & Q(until__isnull=True)),
                name="act_limit_has_end",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, reply="") | (Q(replied_at__isnull=False) & ~Q(reply="")),
                name="act_reply_has_moment",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.pk}"

    def get_absolute_url(self):
        return reverse("moderation-act", args=[self.pk])

    @property
    def told(self) -> str:
        """What happened, as the member it is about reads it."""
        return str(TOLD[self.kind])


class Flag(models.Model):
    """Unusually many reactions to one member from few people. Something to look at, never a sanction."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    reactions = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("unusual rise"), _("unusual rises")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "subgroup"], condition=Q(seen_at__isnull=True), name="flag_once_while_open"
            )
        ]

    def __str__(self):
        return f"{self.author_id} · {self.reactions}"


TOLD = {
    Act.Kind.HIDE: _("Your message is hidden"),
    Act.Kind.ASK: _("Will you change your message?"),
    Act.Kind.REMOVE: _("Your message is removed"),
    Act.Kind.WARN: _("A warning of a moderator"),
    Act.Kind.LIMIT: _("You cannot post for some days"),
    Act.Kind.BAN: _("You are taken out of the group"),
}
