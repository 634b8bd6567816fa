"""What makes pages a knowledge base: proposals of readers, and when somebody last read a page."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.pages.models.content import ContentPage


class PageUse(models.Model):
    """The day on which anybody last read a page; nobody is named."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="use")
    read_on = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("use of a page"), _("use of pages")

    def __str__(self):
        return f"{self.page_id} · {self.read_on}"


class Proposal(models.Model):
    """Another text for a page, written by a reader on top of `base`; decided once, as a whole or in parts."""

    page = models.ForeignKey(ContentPage, models.CASCADE, related_name="proposals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="page_proposals")
    base = models.TextField()
    text = models.TextField(max_length=50_000)
    note = models.CharField(_("why"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    parts_taken = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(_("answer to who proposed it"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("proposal for a page"), _("proposals for pages")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=False) | Q(parts_taken=0), name="proposal_taken_when_decided"
            )
        ]

    def __str__(self):
        return f"{self.page_id} · {self.made_at:%Y-%m-%d}"
