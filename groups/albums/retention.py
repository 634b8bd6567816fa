"""How long photos are kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.albums.models import Photo
from groups.albums.services import drop_photos
from theme.retention import RetentionRule, register_rule


@transaction.atomic
def wipe_photos(before: datetime, subgroup_id: int | None, limit: int) -> int:
    return drop_photos(Photo.objects.filter(created_at__lt=before, album__subgroup=subgroup_id).order_by("pk")[:limit])


register_rule(RetentionRule("photos", _("Photos in albums"), None, wipe_photos, per_subgroup=True, proposed_days=3650))
