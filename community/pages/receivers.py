"""Wagtail tells that a page was published; from there it is our own story."""

from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from community.pages.models import AnnouncementPage, ContentPage, NewsPage
from community.pages.searching import note_words
from community.pages.services import hold_pins, start_broadcast, start_threads


@receiver(page_published, sender=AnnouncementPage)
def tell_audience(instance, **kwargs):
    # Wagtail sends this signal for what is only planned as well.
    if instance.live:
        note_words(instance)
        hold_pins(instance)
        start_threads(instance)
        start_broadcast(announcement=instance)


@receiver(page_published, sender=ContentPage)
@receiver(page_published, sender=NewsPage)
def find_again(instance, **kwargs):
    if instance.live:
        note_words(instance)


@receiver(page_unpublished, sender=AnnouncementPage)
def leave_the_top(instance, **kwargs):
    instance.pins.all().delete()
