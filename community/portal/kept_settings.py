"""The house style as a kept setting."""

from django.forms import modelform_factory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.portal.models import HouseSettings
from groups.people.access import may_for_association
from groups.people.history.kept import KeptSettings, keep
from groups.people.history.services import save_form

HouseForm = modelform_factory(HouseSettings, fields=("name", "tagline", "colour", "icon", "crest"))


def rows(member):
    return HouseSettings.objects.all() if may_for_association(member, "edit_pages") else HouseSettings.objects.none()


keep(
    KeptSettings(
        "house",
        _("House style"),
        rows,
        lambda row, data=None: HouseForm(data, instance=row),
        save_form("house"),
        lambda row: reverse("wagtailsettings:edit", args=["portal", "housesettings", row.pk]),
        weighs=False,
    )
)
