"""One-to-many messages of the association or of its groups."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from community.pages.audience import Scope
from community.pages.blocks import Body
from community.pages.models.reader import ForReaders
from community.pages.texts import plain_text_of

MAX_PINS = 3


class AnnouncementIndexPage(Page):
    """The section that holds the announcements; members read them at /announcements/."""

    max_count = 1
    parent_page_types = ["pages.LandingPage"]
    subpage_types = ["pages.AnnouncementPage"]

    class Meta:
        verbose_name = _("section with announcements")

    def get_url_parts(self, request=None):
        return _own_address(super().get_url_parts(request), reverse("announcements"))


class AnnouncementPage(ForReaders, Page):
    """An announcement: seen by query by who is in its audience, told once through a Broadcast."""

    class ReplyMode(models.TextChoices):
        NONE = "none", _("Nobody can reply")
        MANAGERS = "managers", _("Replies go to the managers")
        OPEN = "open", _("One discussion below it, for everybody who gets it")
        THREADS = "threads", _("A discussion of its own in each chosen group")

    sender = models.CharField(
        _("in the name of"), max_length=60, blank=True, help_text=_("For example “The board”. Empty: your own name.")
    )
    body = StreamField(Body(), verbose_name=_("text"), blank=True)
    reply_mode = models.CharField(_("replies"), max_length=8, choices=ReplyMode, default=ReplyMode.NONE)
    acknowledge_by = models.DateField(
        _("confirm reading by"),
        null=True,
        blank=True,
        help_text=_("Members are asked to press “I have read this” up to and including this day."),
    )
    pinned_until = models.DateField(
        _("pinned up to and including"), null=True, blank=True, help_text=_("At most three stand on top at once.")
    )

    parent_page_types = ["pages.AnnouncementIndexPage"]
    subpage_types = []
    template = "pages/announcement.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("sender"),
        FieldPanel("body"),
        *ForReaders.reader_panels,
        MultiFieldPanel(
            [FieldPanel("acknowledge_by"), FieldPanel("reply_mode"), FieldPanel("pinned_until")],
            heading=_("Reading and replying"),
        ),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("announcement"), _("announcements")
        constraints = [models.CheckConstraint(condition=~Q(scope=Scope.PUBLIC), name="announcement_is_for_members")]

    def get_url_parts(self, request=None):
        return _own_address(super().get_url_parts(request), reverse("announcement", args=[self.pk or 0]))

    def get_absolute_url(self):
        return reverse("announcement", args=[self.pk])

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "announcement": self, "is_preview": True}

    @property
    def key(self) -> str:
        """What notices and deliveries about it carry."""
        return f"announcement:{self.pk}"

    @property
    def sender_name(self) -> str:
        return self.sender or (self.owner.display_name if self.owner else "")

    @property
    def published_at(self):
        """When members first saw it; a correction does not change it. A draft: when it was last written."""
        return self.first_published_at or self.latest_revision_created_at

    @property
    def takes_replies(self) -> bool:
        """Whether a reply can be written below it, for the senders or for everybody."""
        return self.reply_mode in (self.ReplyMode.MANAGERS, self.ReplyMode.OPEN)

    @property
    def is_discussed(self) -> bool:
        return self.reply_mode == self.ReplyMode.OPEN

    @property
    def plain_text(self) -> str:
        """The words without pictures and buttons, a blank line between the blocks."""
        return plain_text_of(self.body)

    @property
    def excerpt(self) -> str:
        """The first words, in one line."""
        return Truncator(" ".join(self.plain_text.split())).chars(180)


def _own_address(parts, path):
    return (parts[0], parts[1], path) if parts else None
