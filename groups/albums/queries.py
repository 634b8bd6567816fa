"""Albums and photos as pages show them."""

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from groups.albums.models import Objection, Photo


def with_cover(albums):
    """Albums with `shown` (how many photos) and `cover_id` (the first photo), newest album first."""
    asked = Objection.objects.filter(photo=OuterRef("pk"), kept_at__isnull=True)
    first = Photo.objects.filter(~Exists(asked), album=OuterRef("pk")).order_by("number")
    hidden = Objection.objects.filter(kept_at__isnull=True).values("photo")
    return (
        albums.select_related("subgroup", "event")
        .annotate(
            shown=Count("photos", filter=~Q(photos__in=hidden), distinct=True),
            cover_id=Subquery(first.values("pk")[:1]),
        )
        .order_by("-created_at", "-pk")
    )


def neighbours(photo: Photo, photos) -> tuple[Photo | None, Photo | None]:
    """The photos before and after this one, among those its reader may see."""
    line = photos.filter(album=photo.album_id)
    before = line.filter(number__lt=photo.number).order_by("-number").first()
    return before, line.filter(number__gt=photo.number).order_by("number").first()
