"""What the agenda answers to a search: events that the member may see now."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groups.events.access import visible_events
from theme.search import Hit, Question, Source, register_source, snippet


def matching_events(member, question: Question):
    """The newest first, so that what is still to come stands on top."""
    found = visible_events(member)
    for word in question.words:
        found = found.filter(Q(title__icontains=word) | Q(description__icontains=word) | Q(place__icontains=word))
    if question.subgroup_id:
        found = found.filter(subgroup=question.subgroup_id)
    if question.since:
        found = found.filter(ends_at__date__gte=question.since)
    if question.until:
        found = found.filter(starts_at__date__lte=question.until)
    for word in question.person.split():
        found = found.filter(Q(created_by__first_name__istartswith=word) | Q(created_by__last_name__istartswith=word))
    return found.annotate(group_name=F("subgroup__name")).order_by("-starts_at", "-pk")


def event_hit(event, question: Question) -> Hit:
    return Hit(
        title=event.title,
        url=event.get_absolute_url(),
        snippet=snippet(f"{event.place} {event.description}", question.words),
        where=event.group_name or "",
        at=event.starts_at,
    )


register_source(
    Source(
        "events",
        _("Events"),
        "calendar-days",
        order=25,
        rows=matching_events,
        hit=event_hit,
        names=("title", "place", "description", "starts_at", "group_name"),
    )
)
