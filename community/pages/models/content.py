"""Pages that stay, and news that passes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from community.pages.audience import Scope
from community.pages.blocks import Body
from community.pages.models.reader import ForReaders


class LandingPage(Page):
    """What a visitor without login sees; the root of the tree. Unpublished: visitors see the log-in page."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(Body(), verbose_name=_("text"), blank=True)

    max_count = 1
    template = "pages/landing.html"
    subpage_types = ["pages.AnnouncementIndexPage", "pages.NewsIndexPage", "pages.ContentPage"]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        verbose_name = _("public front page")


class ContentPage(ForReaders, Page):
    """A page that stays: about us, house rules, the handbook. Has an owner and a day on which to look at it again."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(Body(), verbose_name=_("text"), blank=True)
    review_on = models.DateField(
        _("look at it again on"), null=True, blank=True, help_text=_("The owner finds it among their tasks that day.")
    )

    is_open = models.BooleanField(
        _("members may propose changes"), default=False, help_text=_("The owner decides about each part of a proposal.")
    )

    needs_paid_fee = models.BooleanField(
        _("only for who paid the fee"),
        default=False,
        help_text=_("Opens at the payment and closes at the end of the period that was paid, with its grace."),
    )

    parent_page_types = ["pages.LandingPage", "pages.ContentPage"]
    subpage_types = ["pages.ContentPage"]
    template = "pages/content.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        *ForReaders.reader_panels,
        FieldPanel("needs_paid_fee"),
        FieldPanel("owner"),
        FieldPanel("review_on"),
        FieldPanel("is_open"),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("page"), _("pages")
        constraints = [
            models.CheckConstraint(
                condition=~Q(scope=Scope.PUBLIC) | Q(needs_paid_fee=False),
                name="page_for_who_paid_is_for_members",
                violation_error_message=_("A page for who paid cannot be open to everybody without logging in."),
            )
        ]

    @property
    def is_past_review(self) -> bool:
        return self.review_on is not None and self.review_on <= timezone.localdate()

    @property
    def is_plain_words(self) -> bool:
        """Only plain words can be compared in parts; a page with pictures is changed in the editor."""
        return all(block.block_type == "message" for block in self.body)

    @property
    def takes_proposals(self) -> bool:
        return self.is_open and self.live and self.is_plain_words

    def get_context(self, request, *args, **kwargs):
        from community.pages.library import page_context

        return {**super().get_context(request, *args, **kwargs), **page_context(request.user, self)}


class NewsIndexPage(Page):
    """The list of news at /pages/news/."""

    max_count = 1
    parent_page_types = ["pages.LandingPage"]
    subpage_types = ["pages.NewsPage"]
    template = "pages/news_list.html"

    class Meta:
        verbose_name = _("section with news")

    def get_context(self, request, *args, **kwargs):
        from community.pages.access import readable_news

        found = readable_news(request.user).order_by("-day", "-pk")[:30]
        return {**super().get_context(request, *args, **kwargs), "news": found}


class NewsPage(ForReaders, Page):
    """A news item; leaves the lists at its expiry date, and its history stays."""

    day = models.DateField(_("date"), default=timezone.localdate)
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(Body(), verbose_name=_("text"), blank=True)

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types = []
    template = "pages/news.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("day"),
        FieldPanel("intro"),
        FieldPanel("body"),
        *ForReaders.reader_panels,
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("news item"), _("news")
