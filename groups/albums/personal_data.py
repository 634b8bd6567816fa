"""What personal data the photo albums hold."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.albums.models import Photo
from groups.albums.services import drop_photos
from theme.personal_data import Basis, PersonalData, register, register_traces


@transaction.atomic
def remove_photos(member) -> int:
    return drop_photos(Photo.objects.filter(added_by=member))


register(
    PersonalData(
        "albums.Photo",
        owner="added_by",
        label=_("Photos you put in albums"),
        purpose=_("Looking back together on what you did."),
        kept=_("As long as the album, or until you take the photo away."),
        seen_by=_("As the album says: the group, who came to the event, or all members."),
        fields=("album", "name", "description", "file", "created_at"),
        impersonal=("small",),
        basis=Basis.CONSENT,
        erase=remove_photos,
    )
)
register(
    PersonalData(
        "albums.Objection",
        owner="member",
        label=_("Your requests to take a photo of you away"),
        purpose=_("So that a photo you do not want disappears."),
        kept=_("As long as the photo."),
        seen_by=_("Who added the photo, and who keeps order in the group."),
        fields=("photo", "asked_at", "kept_at", "answer"),
        acted=("kept_by",),
        basis=Basis.AGREEMENT,
    )
)
register_traces("albums.Album", "created_by", "title", "description")
