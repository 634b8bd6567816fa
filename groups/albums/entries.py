"""Ways to the photos: the tab of a group, “More”, the page of an event, and cards of what asks an answer."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.albums.access import MODULE, may_start_album, open_objections, visible_albums
from groups.albums.queries import with_cover
from groups.events.following import EventPart, part_registry
from groups.subgroups.modules import Tab, tab_registry
from notifications.cards import Card, card_registry
from theme.navigation import Entry, register_entry

register_entry(Entry("photos", gettext_lazy("Photos"), "albums", "image", ("more",), order=55))
MOST = 20


@tab_registry
def photos_tab() -> Tab:
    return Tab(module=MODULE, label=_("Photos"), icon="image", url_name="subgroup-albums", position=70)


@part_registry
def photos_of_event(request, event):
    albums = list(with_cover(visible_albums(request.user).filter(event=event)))
    may_start = may_start_album(request.user, event.subgroup, event)
    if not albums and not may_start:
        return None
    start = reverse("new-subgroup-album", args=[event.subgroup.slug]) if event.subgroup else reverse("new-album")
    values = {"albums": albums, "start_url": f"{start}?event={event.pk}" if may_start else ""}
    return EventPart("albums/event_part.html", 60, values)


def _about_mine(member):
    return open_objections(member).filter(photo__added_by=member)


def _about_others(member):
    return open_objections(member).exclude(photo__added_by=member)


def _card(objection, for_desk: bool) -> Card:
    return Card(
        key=f"objection:{objection.pk}",
        title=objection.photo.album.title,
        detail=_("%(name)s asks to take a photo away") % {"name": objection.member.display_name},
        path=reverse("objection", args=[objection.pk]),
        button=_("Look"),
        icon="image",
        hue="rose",
        for_desk=for_desk,
    )


def _cards(objections, for_desk: bool) -> list[Card]:
    found = objections.select_related("photo__album", "member")[:MOST]
    return [_card(objection, for_desk) for objection in found]


@card_registry.when(_about_mine)
def my_photos(member) -> list[Card]:
    return _cards(_about_mine(member), False)


@card_registry.when(_about_others, for_desk=True)
def photos_to_judge(member) -> list[Card]:
    return _cards(_about_others(member), True)
