"""Wagtail tells that a page was published; from there it is our own story."""

from django.dispatch import receiver
from wagtail.signals import page_published

from community.pages.models import AnnouncementPage
from community.pages.services import start_broadcast


@receiver(page_published, sender=AnnouncementPage)
def tell_audience(instance, **kwargs):
    # Wagtail sends this signal for what is only planned as well.
    if instance.live:
        start_broadcast(announcement=instance)
