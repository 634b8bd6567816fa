"""Exports, erasures, consents, terms of keeping, and requests about personal data."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import Subgroup

MEMBER = settings.AUTH_USER_MODEL


class DataExport(models.Model):
    """A ZIP with everything about one member, made in the background, for that member only."""

    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="data_exports")
    asked_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=80, blank=True, help_text="Random name in the folder of exports")
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("data export"), _("data exports")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ready_at__isnull=True), name="one_export_in_the_making"
            ),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, expires_at__isnull=True) | Q(expires_at__gt=F("ready_at")),
                name="export_expires_after_it_is_ready",
            ),
        ]


class Erasure(models.Model):
    """A member asked to be erased. Seven days to come back on it; then done, and kept as proof without a name."""

    class Posts(models.TextChoices):
        UNNAME = "unname", _("keep what I wrote, without my name")
        REMOVE = "remove", _("remove what I wrote")

    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="erasures")
    posts = models.CharField(_("what I wrote"), max_length=6, choices=Posts, default=Posts.UNNAME)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="Rows touched per kind of data")

    class Meta:
        verbose_name, verbose_name_plural = _("erasure"), _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(withdrawn_at__isnull=True, done_at__isnull=True),
                name="one_erasure_under_way",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(done_at__isnull=True), name="erasure_done_or_withdrawn"
            ),
        ]


class ConsentAnswer(models.Model):
    """One yes or no to one purpose, with the words it was given to. The newest answer counts; older ones stay."""

    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="consent_answers")
    purpose = models.CharField(max_length=40)
    is_given = models.BooleanField()
    version = models.PositiveSmallIntegerField(help_text="Version of the words")
    words = models.TextField(help_text="What the member read when answering")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("consent"), _("consents")
        ordering = ["-answered_at", "-pk"]
        indexes = [models.Index(fields=["member", "purpose", "-answered_at"], name="consent_newest")]


class RetentionTerm(models.Model):
    """How long one kind of rows is kept, everywhere or in one subgroup. The newest row counts."""

    rule = models.CharField(max_length=40)
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, blank=True, related_name="+")
    days = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: kept until somebody chooses a term")
    set_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("term of keeping"), _("terms of keeping")
        ordering = ["-set_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(days__isnull=True) | Q(days__gte=1), name="term_of_a_day")]


class RetentionRun(models.Model):
    """Proof of a nightly wipe: how many rows of which kind went, and what was older than when."""

    rule = models.CharField(max_length=40)
    subgroup = models.ForeignKey(Subgroup, models.SET_NULL, null=True, related_name="+")
    before = models.DateTimeField()
    wiped = models.PositiveIntegerField()
    done_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("wipe"), _("wipes")
        ordering = ["-done_at", "-pk"]


class LegalHold(models.Model):
    """Nothing is wiped in a subgroup (or, without one, anywhere) while two people say so."""

    subgroup = models.ForeignKey(Subgroup, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    asked_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(MEMBER, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("legal hold"), _("legal holds")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")), name="hold_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="hold_confirmed_by_and_at",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="hold_has_a_reason"),
        ]


class PrivacyRequest(models.Model):
    """Somebody asks the association something about their data. The law gives thirty days."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("see my data")
        CORRECTION = "correction", _("correct my data")
        ERASURE = "erasure", _("erase my data")
        OBJECTION = "objection", _("object to a use")
        OTHER = "other", _("something else")

    kind = models.CharField(_("what it is about"), max_length=10, choices=Kind)
    member = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="privacy_requests")
    asked_by = models.CharField(_("who asks"), max_length=160, help_text=_("Name and how to reach them"))
    question = models.TextField(_("question"), max_length=4000)
    received_on = models.DateField(_("received on"), default=timezone.localdate)
    due_on = models.DateField(_("answer before"))
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("privacy request"), _("privacy requests")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(answer=""), name="request_closed_with_an_answer"
            ),
        ]

    @property
    def days_left(self) -> int:
        return (self.due_on - timezone.localdate()).days


class DeviceLoss(models.Model):
    """A member lost a device: it was signed out, with what it could open until then."""

    member = models.ForeignKey(MEMBER, models.CASCADE, related_name="device_losses")
    device = models.CharField(_("device"), max_length=80)
    logged_in_at = models.DateTimeField()
    told_at = models.DateTimeField(default=timezone.now)
    reach = models.JSONField(default=dict, help_text="Ids of groups, roles and counts; no names and no texts")

    class Meta:
        verbose_name, verbose_name_plural = _("lost device"), _("lost devices")
        ordering = ["-told_at", "-pk"]

    def __str__(self):
        return f"{self.member} · {self.device}"


class Breach(models.Model):
    """A data breach: what happened, whom it reached, and what was told to whom. Within 72 hours it is reported, or not
    with a reason (GDPR, articles 33 and 34)."""

    title = models.CharField(_("what it is, in a few words"), max_length=120)
    story = models.TextField(_("what happened"), max_length=4000)
    discovered_at = models.DateTimeField(_("discovered at"))
    due_at = models.DateTimeField()
    loss = models.ForeignKey(DeviceLoss, models.SET_NULL, null=True, blank=True, related_name="breaches")
    subgroups = models.ManyToManyField(Subgroup, blank=True, related_name="+", verbose_name=_("groups it reached"))
    kinds = models.JSONField(_("kinds of data"), default=list)
    people = models.PositiveIntegerField(default=0, help_text="Different members, counted when it was entered")
    by_group = models.JSONField(default=list, help_text="[group id, name, members] as it was then")
    notice_nl = models.TextField(_("notice to the members, in Dutch"), max_length=6000, blank=True)
    notice_en = models.TextField(_("notice to the members, in English"), max_length=6000, blank=True)
    report_nl = models.TextField(_("report to the authority, in Dutch"), max_length=6000, blank=True)
    report_en = models.TextField(_("report to the authority, in English"), max_length=6000, blank=True)
    reported_at = models.DateTimeField(_("reported to the authority at"), null=True, blank=True)
    not_reported_because = models.TextField(_("or why it is not reported"), max_length=2000, blank=True)
    told_at = models.DateTimeField(_("members told at"), null=True, blank=True)
    entered_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(MEMBER, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("data breach"), _("data breaches")
        ordering = ["-discovered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("discovered_at")), name="breach_due_after_discovery"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(reported_at__isnull=False) | ~Q(not_reported_because=""),
                name="breach_closed_when_reported_or_said_why_not",
            ),
        ]

    def __str__(self):
        return self.title

    TEXTS = ("notice_nl", "notice_en", "report_nl", "report_en", "not_reported_because")

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(what it is, the text), for reading back."""
        return [(self._meta.get_field(name).verbose_name, text) for name in self.TEXTS if (text := getattr(self, name))]

    @property
    def hours_left(self) -> int:
        """Whole hours of the 72; below zero when they are over."""
        return int((self.due_at - timezone.now()).total_seconds() // 3600)
