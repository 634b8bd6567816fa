"""Polls and their options. What a voter was shown is frozen from opening on, by a trigger in the database too."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.events.models import Event
from groups.subgroups.models import Subgroup
from polls.rules import Rules, rules_hash
from theme import kept


class Kind(models.TextChoices):
    GAUGE = "gauge", _("Poll")
    STATEMENT = "statement", _("Statement")
    DATES = "dates", _("Date finder")
    RANKING = "ranking", _("Put in order")
    POINTS = "points", _("Divide points")
    MARKS = "marks", _("Give marks")
    SIGNUP = "signup", _("Sign up")
    SURVEY = "survey", _("Survey")
    CONSENT = "consent", _("Consent")
    MOTION = "motion", _("Proposal or motion")
    ELECTION = "election", _("Election")


class Secrecy(models.TextChoices):
    """Three different promises; the ballot says in words which one holds."""

    OPEN = "open", _("Open: everybody sees who chose what")
    CONFIDENTIAL = "confidential", _("Confidential: names are hidden on every page")
    SECRET = "secret", _("Secret: sealed, nobody can look up a choice")


class PollQuerySet(models.QuerySet):
    def running(self, now=None):
        """Open for votes at this moment, whether or not the clock process is alive."""
        return self.filter(state=Poll.State.OPEN, closes_at__gt=now or kept.now())

    def to_close(self, now=None):
        return self.filter(state=Poll.State.OPEN, closes_at__lte=now or timezone.now())

    def to_open(self, now=None):
        return self.filter(state=Poll.State.PLANNED, opens_at__lte=now or timezone.now())


class Poll(models.Model):
    """One question to the members of a subgroup, or to the whole association when `subgroup` is empty."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed, not yet counted")
        COUNTED = "counted", _("counted")
        PUBLISHED = "published", _("result published")
        VOID = "void", _("void")

    subgroup = models.ForeignKey(
        Subgroup, models.PROTECT, null=True, blank=True, related_name="polls", verbose_name=_("group")
    )
    also_in = models.ManyToManyField(
        Subgroup, blank=True, related_name="+", verbose_name=_("also for these groups"), editable=False
    )
    item = models.ForeignKey("polls.AgendaItem", models.PROTECT, null=True, blank=True, related_name="polls")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    question = models.CharField(_("question"), max_length=200)
    explanation = models.TextField(_("explanation"), max_length=4000, blank=True)
    secrecy = models.CharField(_("who sees the choices"), max_length=12, choices=Secrecy, default=Secrecy.OPEN)
    stored_rules = models.JSONField(default=dict, editable=False, db_column="rules")
    adds_options = models.BooleanField(_("voters may add options"), default=False)

    opens_at = models.DateTimeField(_("opens at"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes at"))
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    # The vote that this one takes up again: a second ballot, or one that missed its quorum.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", editable=False
    )
    event = models.ForeignKey(Event, models.SET_NULL, null=True, related_name="+", editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("poll"), _("polls")
        ordering = ["closes_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="poll_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "planned", "open"], closed_at__isnull=True)
                | Q(state__in=["closed", "counted", "published", "void"], closed_at__isnull=False),
                name="poll_closed_has_a_moment",
            ),
            models.CheckConstraint(condition=~Q(question=""), name="poll_has_a_question"),
            models.CheckConstraint(
                condition=Q(item__isnull=True) | Q(subgroup__isnull=True), name="poll_of_a_meeting_is_for_all"
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], condition=Q(state="open"), name="poll_open_by_closing"),
            models.Index(fields=["subgroup", "-closes_at"], name="poll_of_subgroup"),
        ]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("poll", args=[self.pk])

    @property
    def rules(self) -> Rules:
        return Rules.from_json(self.stored_rules)

    @rules.setter
    def rules(self, rules: Rules):
        self.stored_rules = rules.as_json()

    @property
    def is_running(self) -> bool:
        return self.state == self.State.OPEN and timezone.now() < self.closes_at

    @property
    def is_over(self) -> bool:
        """No vote is taken any more; the count may still have to be made."""
        return self.state in (self.State.CLOSED, self.State.COUNTED, self.State.PUBLISHED) or (
            self.state == self.State.OPEN and timezone.now() >= self.closes_at
        )

    @property
    def is_frozen(self) -> bool:
        return self.state not in (self.State.DRAFT, self.State.PLANNED)

    @property
    def is_secret(self) -> bool:
        return self.secrecy == Secrecy.SECRET

    @property
    def stream(self) -> str:
        """The live stream that tells everybody in reach that the poll has closed."""
        return f"poll.{self.pk}"

    @property
    def totals_stream(self) -> str:
        """The live stream of the moving totals, for who may see them now."""
        return f"poll.{self.pk}.totals"

    @property
    def fingerprint(self) -> str:
        """Of question, options and rules: a tally carries it, so that it can be told what was voted on."""
        options = list(self.options.order_by("number").values_list("number", "text"))
        return rules_hash(self.kind, self.question, self.explanation, self.secrecy, options, self.stored_rules)


class Option(models.Model):
    """One answer that can be chosen. Ballots refer to its number."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("option"), max_length=200)
    added_at = models.DateTimeField(null=True, editable=False)  # set when a voter added it while the poll was open

    class Meta:
        verbose_name, verbose_name_plural = _("option"), _("options")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="option_number_once"),
            models.UniqueConstraint(fields=["poll", "text"], name="option_text_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="option_numbered_from_1"),
        ]

    def __str__(self):
        return self.text
