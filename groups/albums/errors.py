"""Refusals around photo albums that a member can cause."""

from django.utils.translation import gettext_lazy as _

from groups.albums.models import MAX_PHOTOS
from theme.errors import Refusal


class AlbumFull(Refusal):
    def __init__(self):
        super().__init__(
            _("An album holds %(limit)d photos. Start a second album for the rest.") % {"limit": MAX_PHOTOS}
        )


class PhotoGone(Refusal):
    message = _("The photo is gone.")


class MayNotAdd(Refusal):
    message = _("You cannot add photos to this album. Ask who started it.")


class SeenByNobody(Refusal):
    message = _("“Who came to the event” needs an event. Start the album from the page of that event.")


class HiddenGroup(Refusal):
    message = _("This group is hidden, so its photos cannot be shown to the whole association.")


class AlreadyAnswered(Refusal):
    message = _("You asked this before, and it was answered. Talk with who manages the album, or ask a moderator.")
