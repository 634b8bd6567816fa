"""General meetings: what the statutes say, convocation, agenda, presence, proxies, decisions."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.belonging import Dated

SHARES = [
    ("1/2", _("More than half")),
    ("2/3", _("Two thirds")),
    ("3/4", _("Three quarters")),
    ("1", _("Everybody in favour")),
]
TIES = [
    ("rejected", _("It is rejected")),
    ("postponed", _("It is not decided, and comes back at a later meeting")),
]
QUORUMS = [("", _("None")), *((share, share) for share in ("1/10", "1/4", "1/3", "1/2", "2/3", "3/4"))]


class Statutes(models.Model):
    """What our statutes say. One row; a question nobody has answered is empty, and nothing is assumed silently."""

    call_days = models.PositiveSmallIntegerField(
        _("How many days before the meeting must it be called?"),
        null=True, blank=True, help_text=_("Usually 7 or 14; the law asks at least 7 for a change of statutes."),
    )  # fmt: skip
    blank_counts = models.BooleanField(
        _("Does a blank vote count as a vote cast?"), null=True, blank=True, help_text=_("Usually not.")
    )
    matter_share = models.CharField(
        _("What does an ordinary proposal need?"), max_length=3, choices=SHARES, blank=True,
        help_text=_("Usually more than half of the votes."),
    )  # fmt: skip
    matter_tie = models.CharField(
        _("What if as many are in favour as against?"), max_length=10, choices=TIES, blank=True,
        help_text=_("Usually it is rejected."),
    )  # fmt: skip
    change_share = models.CharField(
        _("What does a change of statutes need?"), max_length=3, choices=SHARES, blank=True,
        help_text=_("By law two thirds, unless the statutes say otherwise."),
    )  # fmt: skip
    change_quorum = models.CharField(
        _("Which part must be present or represented for a change of statutes?"), max_length=4, choices=QUORUMS,
        blank=True, help_text=_("Often two thirds; without it a second meeting decides."),
    )  # fmt: skip
    proxies_per_holder = models.PositiveSmallIntegerField(
        _("For how many others may one member vote?"), null=True, blank=True, help_text=_("0 is no proxies at all.")
    )
    proxy_hours = models.PositiveSmallIntegerField(
        _("How many hours before the meeting must a proxy be given?"), null=True, blank=True, help_text=_("Often 24.")
    )
    giver_may_still_vote = models.BooleanField(
        _("May who gave a proxy still vote in person?"), null=True, blank=True,
        help_text=_("If so, the own vote takes the proxy's place."),
    )  # fmt: skip
    proxies_with_instruction = models.BooleanField(
        _("May who gives a proxy say how to vote?"), null=True, blank=True,
        help_text=_("If so, who votes for them reads it with each vote; nobody else does."),
    )  # fmt: skip
    advance_days = models.PositiveSmallIntegerField(
        _("How many days before the meeting may members vote?"), null=True, blank=True,
        validators=[MaxValueValidator(30)], help_text=_("0 is not; the law allows at most 30."),
    )  # fmt: skip
    digital_ground = models.CharField(
        _("On which ground may members vote electronically?"), max_length=200, blank=True,
        help_text=_("The article of your statutes. Empty: a wholly digital meeting cannot be called."),
    )  # fmt: skip
    second_meeting_days = models.PositiveSmallIntegerField(
        _("Within how many days must a second meeting be held when the quorum is missed?"), null=True, blank=True,
        help_text=_("Often 28. Empty: your statutes set no term."),
    )  # fmt: skip
    vote_age = models.PositiveSmallIntegerField(
        _("From which age does a member vote?"), null=True, blank=True, validators=[MaxValueValidator(25)],
        help_text=_("Empty: at every age, as the law has it. Who has no day of birth here counts as old enough."),
    )  # fmt: skip
    # {id of a kind of membership: votes}; kinds that are not in it have one vote each.
    weights = models.JSONField(default=dict, blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    REQUIRED = (
        "call_days",
        "blank_counts",
        "proxies_per_holder",
        "proxy_hours",
        "giver_may_still_vote",
        "advance_days",
    )

    class Meta:
        verbose_name = verbose_name_plural = _("statutes")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="statutes_once"),
            models.CheckConstraint(
                condition=Q(advance_days__isnull=True) | Q(advance_days__lte=30), name="statutes_advance_at_most_30"
            ),
            models.CheckConstraint(
                condition=Q(vote_age__isnull=True) | Q(vote_age__lte=25), name="statutes_vote_age_at_most_25"
            ),
        ]

    def __str__(self):
        return str(_("statutes"))

    @property
    def is_answered(self) -> bool:
        answered = all(getattr(self, name) is not None for name in self.REQUIRED)
        return answered and bool(self.matter_share and self.change_share)

    def as_rules(self) -> dict:
        names = (
            *self.REQUIRED,
            "matter_share",
            "change_share",
            "change_quorum",
            "digital_ground",
            "weights",
            "second_meeting_days",
            "proxies_with_instruction",
            "matter_tie",
            "vote_age",
        )
        return {name: getattr(self, name) for name in names}


class Suspension(Dated):
    """A member who may not vote for a time, by a decision of the association. Payment is never a ground for it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(_("decided by whom, and why"), max_length=200)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("suspension"), _("suspensions")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="suspension_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.member_id} · {self.starts_on}"


class Meeting(models.Model):
    """A general meeting. The statutes as they were when it was called are frozen in `rules`."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("In one place")
        HYBRID = "hybrid", _("In one place and online")
        DIGITAL = "digital", _("Online only")

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.PHYSICAL)
    held_at = models.DateTimeField(_("held at"))
    record_on = models.DateField(
        _("record date"), null=True, blank=True,
        help_text=_("Only who was a member on this day may vote. Leave empty when everybody who is a member now may."),
    )  # fmt: skip
    place = models.CharField(_("place or address online"), max_length=200, blank=True)
    text = models.TextField(_("invitation"), max_length=4000, blank=True)
    second_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="second_meetings", editable=False
    )
    rules = models.JSONField(default=dict, editable=False)
    called_at = models.DateTimeField(null=True, editable=False)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    minutes = models.TextField(_("minutes"), max_length=40_000, blank=True)
    adopted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering = ["-held_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(called_at__isnull=False), name="meeting_called_before_opening"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="meeting_opened_before_closing"
            ),
            models.CheckConstraint(
                condition=Q(adopted_at__isnull=True) | ~Q(minutes=""), name="meeting_adopts_written_minutes"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("meeting", args=[self.pk])

    @property
    def stream(self) -> str:
        """The live stream that tells open pages that something on the agenda changed."""
        return f"meeting.{self.pk}"

    @property
    def is_running(self) -> bool:
        return self.opened_at is not None and self.closed_at is None


class AgendaItem(models.Model):
    """One point of the agenda. Its votes hang on it as polls."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("explanation"), max_length=10_000, blank=True)
    # The vote of an earlier meeting that missed its quorum and is taken again under this point, without quorum.
    repeats = models.ForeignKey("polls.Poll", models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("agenda item"), _("agenda items")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="item_number_once")]

    def __str__(self):
        return f"{self.number}. {self.title}"


class Attendance(models.Model):
    """A member who is present, in the room or online."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    checked_in_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self):
        return f"{self.meeting_id} · {self.member_id}"


class ProxyQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


class Proxy(models.Model):
    """A member lets another one vote at one meeting. Given and withdrawn by the giver, accepted by the holder."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    instruction = models.TextField(_("how to vote"), max_length=1000, blank=True)  # for the holder's eyes only

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("proxy"), _("proxies")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "giver"], condition=Q(withdrawn_at__isnull=True), name="proxy_one_per_giver"
            ),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="proxy_to_somebody_else"),
        ]

    def __str__(self):
        return f"{self.giver_id} → {self.holder_id}"
