"""Photos can be reported as messages can. The moderators of the group judge, or the association's."""

from django.urls import reverse
from django.utils.translation import gettext as _

from groups.albums.access import visible_photos
from groups.albums.models import Photo, ReportedPhoto
from groups.albums.services import remove_photo
from groups.moderation.things import Thing, ThingKind, register_thing

KIND = "photo"


def report_path(photo: Photo) -> str:
    """Where this photo is reported. May be asked again: a photo keeps its number."""
    reported, _made = ReportedPhoto.objects.get_or_create(photo=photo)
    return reverse("report-thing", args=[KIND, reported.pk])


def find_photo(member, number: int) -> Thing | None:
    """A photo that this member may see, of somebody who is there to answer for it; never one's own."""
    found = visible_photos(member).filter(reported=number, added_by__isnull=False).exclude(added_by=member)
    photo = found.select_related("album__subgroup", "added_by").first()
    if photo is None:
        return None
    words = _("Photo %(number)s of “%(album)s”") % {"number": photo.number, "album": photo.album.title}
    words += f"\n{photo.description}" if photo.description else ""
    return Thing(photo.added_by, words, photo.get_absolute_url(), photo.album.subgroup, photo.small)


def remove_reported(number: int, by) -> None:
    photo = Photo.objects.filter(reported=number).select_related("album").first()
    if photo:
        remove_photo(photo=photo, by=by)


register_thing(ThingKind(KIND, find_photo, remove_reported))
