"""What members hear about photos: that somebody wants one gone, that it is gone, or why it stays."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.albums.access import open_objections, visible_albums
from groups.albums.models import Objection
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def asked_words(member, context, count) -> Words:
    objection = open_objections(member).filter(pk=context["objection"]).select_related("photo__album", "member").first()
    if objection is None:
        return GONE.words(member, context, count)
    title = _("%(name)s asks to take a photo away") % {"name": objection.member.display_name}
    path = reverse("objection", args=[objection.pk])
    return Words(title, objection.photo.album.title, path, _("Look"))


def _still_asked(member, context) -> bool:
    return open_objections(member).filter(pk=context["objection"]).exists()


def gone_words(member, context, count) -> Words:
    album = visible_albums(member).filter(pk=context["album"]).first()
    path = album.get_absolute_url() if album else reverse("albums")
    return Words(_("The photo you asked about is gone"), context["title"], path, _("View"))


def kept_words(member, context, count) -> Words:
    objection = Objection.objects.filter(pk=context["objection"], member=member, kept_at__isnull=False).first()
    if objection is None:
        return GONE.words(member, context, count)
    return Words(_("The photo you asked about stays"), objection.answer, objection.photo.get_absolute_url(), _("View"))


register_kind(
    NoticeKind(
        "photo-asked",
        gettext_lazy("Somebody asks to take a photo away"),
        "image",
        asked_words,
        _still_asked,
        personal=True,
    )
)
register_kind(
    NoticeKind("photo-gone", gettext_lazy("A photo of you was taken away"), "image", gone_words, personal=True)
)
register_kind(
    NoticeKind("photo-kept", gettext_lazy("A photo of you stays, and why"), "image", kept_words, personal=True)
)
