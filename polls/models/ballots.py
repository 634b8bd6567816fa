"""Who may vote, what they chose, and the totals."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from polls.models.polls import Poll


def random_key() -> int:
    """Row keys without order: on SQLite the order of keys would otherwise tell the order of voters."""
    return secrets.randbelow(2**62) + 1


class ElectorQuerySet(models.QuerySet):
    def entitled(self):
        """Who counts as entitled: everybody on the list, but not who was barred before voting."""
        return self.filter(Q(barred_at__isnull=True) | Q(voted=True))

    def to_vote(self):
        """Who may still vote and has not."""
        return self.filter(voted=False, barred_at__isnull=True)


class Elector(models.Model):
    """A member's right to vote in one poll, written for everybody at opening, and the vote itself.

    In an open or confidential poll `answer` holds the choice, in a secret poll only `sealed` does, until counting.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="electors")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    represented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    weight = models.PositiveSmallIntegerField(default=1)
    voted = models.BooleanField(default=False)
    answer = models.CharField(max_length=250, null=True)  # noqa: DJ001 — empty is a choice (blank), null is none
    sealed = models.BinaryField(null=True)
    place = models.PositiveIntegerField(null=True)  # the order of signing up, where places are short
    barred_at = models.DateTimeField(null=True)  # lost the right to vote while the poll was open
    barred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    barred_reason = models.CharField(max_length=200, blank=True)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("elector"), _("electors")
        constraints = [
            models.UniqueConstraint(fields=["poll", "member"], name="elector_once_per_poll"),
            models.CheckConstraint(
                condition=Q(voted=True) | Q(answer__isnull=True, sealed__isnull=True), name="elector_voted_with_answer"
            ),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(sealed__isnull=True), name="elector_answer_open_or_sealed"
            ),
            models.CheckConstraint(
                condition=Q(barred_at__isnull=True, barred_reason="")
                | Q(barred_at__isnull=False) & ~Q(barred_reason=""),
                name="elector_barred_with_a_reason",
            ),
            models.UniqueConstraint(fields=["poll", "place"], name="elector_place_once"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="elector_weighs_at_least_one"),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(voted=False), name="elector_still_to_vote"),
            models.Index(
                fields=["represented_by"], condition=Q(represented_by__isnull=False), name="elector_represented"
            ),
        ]

    def __str__(self):
        return f"{self.poll_id} · {self.pk}"


class Tally(models.Model):
    """Totals of a poll: one running row that is replaced while it is open, and one final row."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="tallies")
    is_final = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # only grows: a page ignores totals older than what it shows
    profile = models.JSONField(default=dict)  # {answer: sum of weights}
    voters = models.PositiveIntegerField(default=0)
    entitled = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    envelopes = models.JSONField(default=list)  # fingerprints of the sealed envelopes that were counted, sorted
    receipts = models.JSONField(default=list)  # [code, answer] of each ballot, sorted, where the poll gives receipts
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("tally"), _("tallies")
        constraints = [models.UniqueConstraint(fields=["poll", "is_final"], name="tally_one_running_one_final")]

    def __str__(self):
        return f"{self.poll_id} · {self.version}"
