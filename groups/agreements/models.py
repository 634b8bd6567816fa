"""The texts that members accept, in versions, and who accepted which: house rules, privacy statement, terms of use."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from groups.subgroups.models import Subgroup


class Kind(models.TextChoices):
    GUIDELINES = "guidelines", _("Guidelines")
    PRIVACY = "privacy", _("Privacy statement")
    TERMS = "terms", _("Terms of use")


# Who has not accepted these is led to the page from their day on; without the guidelines one cannot post, no more.
ENTRY_KINDS = (Kind.PRIVACY, Kind.TERMS)


class AgreedText(models.Model):
    """One version of a text: of the association, or the guidelines that a subgroup adds. Never changed afterwards.

    A version counts from the start of `takes_effect_on` until a newer one does. `text` is Dutch; without an English
    text everybody reads the Dutch.
    """

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.GUIDELINES)
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, blank=True, related_name="guidelines")
    version = models.PositiveIntegerField()
    text = models.TextField(_("text"), max_length=20_000)
    text_en = models.TextField(_("text in English"), max_length=20_000, blank=True)
    changes = models.CharField(_("what changes"), max_length=300, blank=True)
    changes_en = models.CharField(_("what changes, in English"), max_length=300, blank=True)
    takes_effect_on = models.DateField(_("takes effect on"), default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    told_after = models.BigIntegerField(default=0, help_text="The id of the last member who was told")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When everybody had been told")

    class Meta:
        verbose_name, verbose_name_plural = _("version of a text"), _("versions of texts")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["subgroup", "version"], condition=Q(subgroup__isnull=False), name="agreed_version_of_group_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "version"], condition=Q(subgroup__isnull=True), name="agreed_version_of_all_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="agreed_has_text"),
            models.CheckConstraint(
                condition=Q(subgroup__isnull=True) | Q(kind="guidelines"), name="agreed_group_adds_guidelines_only"
            ),
            models.CheckConstraint(condition=Q(kind="guidelines") | ~Q(text_en=""), name="agreed_in_both_languages"),
            models.CheckConstraint(
                condition=Q(kind="guidelines") | Q(version=1) | (~Q(changes="") & ~Q(changes_en="")),
                name="agreed_says_what_changes",
            ),
        ]

    def __str__(self):
        return f"{self.subgroup or self.get_kind_display()} {self.version}"

    def get_absolute_url(self):
        return reverse("agreed-version", args=[self.kind, self.version])

    @property
    def words(self) -> str:
        """The text in the language of the reader."""
        return self.text if get_language() == "nl" else self.text_en or self.text

    @property
    def change(self) -> str:
        """What changes, in the language of the reader; empty for a first version."""
        return self.changes if get_language() == "nl" else self.changes_en or self.changes

    @property
    def is_announced(self) -> bool:
        return self.takes_effect_on > timezone.localdate()

    @property
    def key(self) -> str:
        """What its notices are about."""
        return f"agreed:{self.pk}"


class Acceptance(models.Model):
    """A member has read and accepted one version, at one moment."""

    text = models.ForeignKey(AgreedText, models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acceptances")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("acceptance"), _("acceptances")
        constraints = [models.UniqueConstraint(fields=["text", "member"], name="acceptance_once")]

    def __str__(self):
        return f"{self.member} · {self.text}"
