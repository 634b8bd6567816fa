"""What members hear of a new version. It is about what holds between them and the association: always told."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.agreements.access import texts_of_entry
from groups.agreements.queries import not_accepted_by
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def new_words(member, context, count) -> Words:
    text = texts_of_entry().filter(pk=context["text"]).first()
    if text is None:
        return GONE.words(member, context, count)
    values = {"what": text.get_kind_display(), "day": date_format(text.takes_effect_on, "j F Y")}
    title = _("%(what)s: a new version from %(day)s") % values
    body = text.change or _("Read it and say that you agree.")
    return Words(title, body, reverse("agreements"), _("Read and agree"))


def _is_to_accept(member, context) -> bool:
    return not_accepted_by(member, texts_of_entry().filter(pk=context["text"])).exists()


register_kind(
    NoticeKind(
        "agreements.new",
        gettext_lazy("New terms or privacy statement"),
        "file-text",
        new_words,
        _is_to_accept,
        optional=False,
        bulk=True,
    )
)
