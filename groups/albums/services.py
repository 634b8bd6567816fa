"""Making albums, adding photos, and taking photos away: by who added them, or because somebody on it asks."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from groups.albums.access import may_add_photos
from groups.albums.errors import AlbumFull, AlreadyAnswered, HiddenGroup, MayNotAdd, PhotoGone, SeenByNobody
from groups.albums.models import MAX_PHOTOS, Album, Objection, Photo
from groups.people.access import members_with_right
from groups.people.audit import record
from groups.subgroups.errors import AlreadyDecided
from groups.subgroups.services.roles import managers_or_community_managers
from notifications.services import notify, read_notices
from theme.storage import stored_together
from theme.uploads import TakenIn, erase_after_commit


@transaction.atomic
def start_album(*, by, subgroup=None, event=None, title: str, description: str = "", seen_by: str) -> Album:
    """Raises SeenByNobody, HiddenGroup. The caller has checked may_start_album."""
    _check_reach(subgroup, event, seen_by)
    return Album.objects.create(
        subgroup=subgroup, event=event, title=title, description=description, seen_by=seen_by, created_by=by
    )


@transaction.atomic
def change_album(*, album: Album, by, title: str, description: str, seen_by: str) -> Album:
    """Raises SeenByNobody, HiddenGroup. The caller has checked may_keep_album."""
    album = Album.objects.select_for_update(of=("self",)).select_related("subgroup", "event").get(pk=album.pk)
    _check_reach(album.subgroup, album.event, seen_by)
    if seen_by != album.seen_by:
        record(by=by, act="album.shown_to", about=album, details={"from": album.seen_by, "to": seen_by})
    album.title, album.description, album.seen_by = title, description, seen_by
    album.save(update_fields=["title", "description", "seen_by"])
    return album


def _check_reach(subgroup, event, seen_by: str) -> None:
    if seen_by == Album.SeenBy.COMERS and event is None:
        raise SeenByNobody
    if seen_by == Album.SeenBy.EVERYBODY and subgroup is not None and subgroup.is_hidden:
        raise HiddenGroup


@transaction.atomic
def add_photos(*, album: Album, by, photos: Iterable[TakenIn], description: str = "") -> int:
    """Put photos at the end of the album; returns how many. Raises AlbumFull, MayNotAdd."""
    album = Album.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=album.pk)
    if not may_add_photos(by, album):
        raise MayNotAdd
    photos = list(photos)
    if album.photos.count() + len(photos) > MAX_PHOTOS:
        raise AlbumFull
    last = album.photos.aggregate(last=Max("number"))["last"] or 0
    with stored_together():
        for number, taken in enumerate(photos, start=last + 1):
            photo = Photo(album=album, added_by=by, name=taken.name, description=description, number=number)
            photo.width, photo.height = taken.width, taken.height
            photo.file.save(taken.file.name, taken.file, save=False)
            photo.small.save(taken.small.name, taken.small, save=False)
            photo.save(force_insert=True)
    return len(photos)


@transaction.atomic
def describe_photo(*, photo: Photo, description: str) -> Photo:
    """The words for who cannot see the photo. The caller has checked may_remove_photo."""
    photo.description = description
    photo.save(update_fields=["description"])
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, by) -> None:
    """Take a photo away for good; who asked for it hears that it is gone. The caller has checked the right."""
    album = photo.album
    askers = list(photo.objections.exclude(member=by).values_list("member_id", flat=True))
    if photo.added_by_id != by.pk:
        record(by=by, act="photo.removed", about=album, details={"photo": str(photo.pk)})
    drop_photos(Photo.objects.filter(pk=photo.pk))
    context = {"album": album.pk, "title": album.title}
    notify(member_ids=askers, kind="photo-gone", key=f"photo:{photo.pk}", context=context)


@transaction.atomic
def remove_album(*, album: Album, by) -> None:
    """Take an album with all its photos away. The caller has checked may_keep_album."""
    record(by=by, act="album.removed", about=album, details={"photos": album.photos.count()})
    drop_photos(album.photos.all())
    album.delete()


def drop_photos(photos) -> int:
    """Remove these rows with their files, within the caller's transaction; returns how many."""
    rows = list(photos)
    erase_after_commit(*(file for photo in rows for file in (photo.file, photo.small)))
    Photo.objects.filter(pk__in=[photo.pk for photo in rows]).delete()
    return len(rows)


@transaction.atomic
def object_to(*, photo: Photo, member) -> Objection:
    """“I am on this photo, take it away”: out of sight at once; who added it or keeps the album decides.

    Raises AlreadyAnswered when the same member asked before and the photo stayed, PhotoGone when it went just now.
    """
    if not Photo.objects.select_for_update().filter(pk=photo.pk).exists():
        raise PhotoGone
    objection, is_new = Objection.objects.get_or_create(photo=photo, member=member)
    if objection.kept_at:
        raise AlreadyAnswered
    if is_new:
        context = {"objection": objection.pk}
        notify(member_ids=_deciders(photo) - {member.pk}, kind="photo-asked", key=f"photo:{photo.pk}", context=context)
    return objection


def _deciders(photo: Photo) -> set[int]:
    """Who added it, and who keeps order in the group, or speaks for the association."""
    album = photo.album
    if album.subgroup:
        keepers = managers_or_community_managers(album.subgroup)
    else:
        keepers = members_with_right("announce").values_list("pk", flat=True)
    return {*keepers, *([photo.added_by_id] if photo.added_by_id else [])}


@transaction.atomic
def take_back(*, objection: Objection) -> None:
    """Who asked changes their mind while it is not decided: the photo is back. Raises AlreadyDecided."""
    _undecided(objection).delete()


@transaction.atomic
def keep_photo(*, objection: Objection, by, answer: str) -> Objection:
    """Decide that the photo stays, and say why to who asked. Raises AlreadyDecided."""
    objection = _undecided(objection)
    objection.kept_at, objection.kept_by, objection.answer = timezone.now(), by, answer
    objection.save(update_fields=["kept_at", "kept_by", "answer"])
    record(by=by, act="photo.kept", about=objection.photo.album, details={"photo": str(objection.photo_id)})
    read_notices(member=by, keys=[f"photo:{objection.photo_id}"])
    context = {"objection": objection.pk}
    notify(member_ids=[objection.member_id], kind="photo-kept", key=f"photo-kept:{objection.photo_id}", context=context)
    return objection


def _undecided(objection: Objection) -> Objection:
    """The request under a lock; another keeper may have answered it, removed the photo, or it was taken back."""
    waiting = Objection.objects.select_for_update(of=("self",)).select_related("photo__album")
    found = waiting.filter(pk=objection.pk, kept_at__isnull=True).first()
    if found is None:
        raise AlreadyDecided
    return found
