"""Announcements, pages, pictures and documents as the product makes them."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model

from community.pages.audience import Scope
from community.pages.models import ContentPage, LandingPage, NewsIndexPage, NewsPage, Picture
from community.pages.services import publish_due, send_announcement, write_announcement
from groups.people.models import AssociationRole
from tests.factories import member_with


def draft(by=None, **fields):
    values = {"title": "Botenhuis dicht", "text": "De vloer wordt geschuurd.", "scope": Scope.EVERYONE}
    return write_announcement(by=by or member_with(AssociationRole.COMMUNITY_MANAGER), **{**values, **fields})


def published(time_machine, by=None, **fields):
    """An announcement that was sent and has appeared; its broadcast is waiting."""
    by = by or member_with(AssociationRole.COMMUNITY_MANAGER)
    announcement = draft(by, **fields)
    send_announcement(announcement=announcement, by=by)
    time_machine.shift(40)
    publish_due()
    announcement.refresh_from_db()
    return announcement


def content_page(parent=None, **fields):
    parent = parent or LandingPage.objects.get()
    values = {"title": "Huisregels", "body": [("message", "Riemen terug in het rek.")]}
    return parent.add_child(instance=ContentPage(**{**values, **fields}))


def news_item(**fields):
    values = {"title": "Nieuwe steiger", "day": timezone.localdate()}
    return NewsIndexPage.objects.get().add_child(instance=NewsPage(**{**values, **fields}))


def picture_bytes(**save_options) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", **save_options)
    return out.getvalue()


def picture(**save_options) -> Picture:
    file = ContentFile(picture_bytes(**save_options), name="IMG_2024 Anneke thuis.jpg")
    return Picture.objects.create(title="Steiger", file=file)


def document(text=b"Notulen"):
    return get_document_model().objects.create(title="Notulen", file=ContentFile(text, name="notulen.txt"))
