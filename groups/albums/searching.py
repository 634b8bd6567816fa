"""What the albums answer to a search: those the member may see now."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.albums.access import visible_albums
from theme.search import Hit, Question, Source, register_source, rows_for, snippet


def find_albums(member, question: Question, limit: int) -> list[Hit]:
    return [
        Hit(
            title=album.title,
            url=album.get_absolute_url(),
            snippet=snippet(album.description, question.words),
            where=str(album.subgroup or ""),
            at=album.created_at,
        )
        for album in rows_for(_albums, member, question, limit)
    ]


def _albums(member, question: Question, limit: int):
    found = visible_albums(member)
    for word in question.words:
        found = found.filter(Q(title__icontains=word) | Q(description__icontains=word))
    if question.subgroup_id:
        found = found.filter(subgroup=question.subgroup_id)
    if question.since:
        found = found.filter(created_at__date__gte=question.since)
    if question.until:
        found = found.filter(created_at__date__lte=question.until)
    for word in question.person.split():
        found = found.filter(Q(created_by__first_name__istartswith=word) | Q(created_by__last_name__istartswith=word))
    return found.select_related("subgroup").order_by("-created_at", "-pk")[:limit]


register_source(Source("albums", _("Photo albums"), "image", find_albums, order=27))
