"""Which albums and photos a member may see, and who may add, remove and decide."""

from django.db.models import Exists, OuterRef, Q

from groups.albums.models import Album, Objection, Photo
from groups.events.access import may_change, visible_events
from groups.events.models import Answer
from groups.moderation.access import may_judge, open_reports
from groups.people.access import belongs, may_for_association
from groups.people.models import kept_from
from groups.subgroups.access import may, readable_ids, subgroups_with_right, visible_subgroups, with_module

MODULE = "files"
SeenBy = Album.SeenBy


def visible_albums(member):
    """Albums of the member's groups, of events they came to, and those shown to the whole association.

    Who keeps order in a group sees all its albums. A group that is hidden shows nothing outside.
    """
    if not member.is_active:
        return Album.objects.none()
    inside = Q(subgroup__in=readable_ids(member, MODULE))
    came = Exists(
        Answer.objects.filter(
            event=OuterRef("event"), member=member, choice=Answer.Choice.YES, waiting_since__isnull=True
        )
    )
    seen = inside & (Q(seen_by=SeenBy.GROUP) | Q(created_by=member) | Q(seen_by=SeenBy.EVERYBODY))
    seen |= inside & Q(subgroup__in=subgroups_with_right(member, "moderate"))
    seen |= inside & Q(seen_by=SeenBy.COMERS) & came
    if belongs(member):
        shown = with_module(visible_subgroups(member).filter(is_hidden=False), MODULE)
        ours = Q(subgroup__isnull=True)
        seen |= Q(seen_by=SeenBy.EVERYBODY) & (ours | Q(subgroup__in=shown.values("pk")))
        seen |= ours & (Q(created_by=member) | (Q(seen_by=SeenBy.COMERS) & came))
        if may_for_association(member, "announce"):
            seen |= ours
    return Album.objects.filter(seen).exclude(kept_from(member, "event__"))


def visible_photos(member):
    """Photos the member may see; one that somebody asked to remove is out of sight until it is decided."""
    asked = Objection.objects.filter(photo=OuterRef("pk"), kept_at__isnull=True)
    return Photo.objects.filter(~Exists(asked), album__in=visible_albums(member))


def showable_photos(member):
    """The files the member may fetch: of visible photos, and of those they decide about or judge."""
    shown = Q(pk__in=visible_photos(member).values("pk")) | Q(pk__in=open_objections(member).values("photo"))
    if may_judge(member):
        shown |= Q(reported__in=open_reports(member).filter(thing="photo").values("thing_number"))
    return Photo.objects.filter(shown)


def open_objections(member):
    """What waits for this member: who added the photo, and who keeps order there. Never the own question."""
    mine = Q(photo__added_by=member) | Q(photo__album__subgroup__in=subgroups_with_right(member, "moderate"))
    if may_for_association(member, "announce"):
        mine |= Q(photo__album__subgroup__isnull=True)
    if may_for_association(member, "moderate"):
        mine = Q()
    return Objection.objects.filter(mine, kept_at__isnull=True).exclude(member=member)


def own_objections(member):
    """What the member asked and is not decided yet."""
    return Objection.objects.filter(member=member, kept_at__isnull=True)


def may_start_album(member, subgroup, event=None) -> bool:
    """In a group whoever may add photos; for the association who speaks for it, or who planned the event."""
    if subgroup is not None:
        return subgroup.archived_at is None and subgroup.has_module(MODULE) and may(member, "upload", subgroup)
    return may_for_association(member, "announce") or (event is not None and may_change(member, event))


def may_keep_album(member, album) -> bool:
    """Whether the member may change and remove the album and every photo in it."""
    if album.subgroup_id and album.subgroup.archived_at:
        return False
    if album.created_by_id == member.pk:
        return True
    if album.subgroup_id:
        return may(member, "moderate", album.subgroup)
    return may_for_association(member, "announce")


def may_add_photos(member, album) -> bool:
    """In a group whoever may add photos there; to an album of the association its keepers and who came to the event."""
    if album.subgroup_id:
        return may_start_album(member, album.subgroup)
    if may_keep_album(member, album):
        return True
    answered = Answer.objects.filter(event=album.event_id, member=member, choice=Answer.Choice.YES)
    return album.event_id is not None and answered.filter(waiting_since__isnull=True).exists()


def may_remove_photo(member, photo) -> bool:
    return photo.added_by_id == member.pk or may_keep_album(member, photo.album)


def events_to_show(member, subgroup):
    """Events an album of this subgroup can be about."""
    return visible_events(member).filter(subgroup=subgroup).order_by("-starts_at")
