"""Tells theme whose house this is, from the settings in the admin."""

from functools import partial

from django.core.cache import cache

from community.portal.models import HOUSE_CACHE_KEY, HouseSettings
from theme.house import House, provides_house


@provides_house
def association() -> House:
    """The house as the settings have it; kept in the cache because every page asks."""
    return House(**_parts(cache.get_or_set(HOUSE_CACHE_KEY, _read, timeout=60)))


def _read() -> dict:
    settings = HouseSettings.load()
    crest = settings.crest
    return {
        "name": settings.name,
        "tagline": settings.tagline,
        "colour": settings.colour.lower(),
        "icon": settings.icon,
        "crest_id": crest.pk if crest else None,
        "crest_version": crest.file_hash or str(crest.pk) if crest else "",
    }


def _parts(row: dict) -> dict:
    crest_id = row["crest_id"]
    parts = {key: value for key, value in row.items() if key != "crest_id"}
    return parts | {"crest": partial(crest_bytes, crest_id) if crest_id else None}


def crest_bytes(crest_id: int) -> bytes:
    from wagtail.images import get_image_model

    image = get_image_model()._default_manager.get(pk=crest_id)
    with image.file.open() as file:
        return file.read()
