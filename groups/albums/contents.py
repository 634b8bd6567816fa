"""Albums, when their group is emptied or deleted: the files go from the disk."""

from django.utils.translation import gettext_lazy as _

from groups.albums.models import Album, Photo
from groups.albums.services import drop_photos
from groups.subgroups.contents import Contents, register_contents


def photos_of(subgroup):
    return Photo.objects.filter(album__subgroup=subgroup).order_by("pk")


register_contents(
    Contents(
        "photos", _("Photos"), photos_of, lambda subgroup, limit: drop_photos(photos_of(subgroup)[:limit]), order=20
    )
)
register_contents(Contents("albums", _("Albums"), lambda subgroup: Album.objects.filter(subgroup=subgroup), order=21))
