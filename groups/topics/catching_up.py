"""What topics tell who was away: what was decided, and who still asks something."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.topics.access import visible_topics
from groups.topics.models import StateChange, Topic
from notifications.catching_up import MOST, Line, Part, register_part


def decisions(member, since: datetime) -> list[Line]:
    """Suggestions on which a step was taken, and questions that got an answer."""
    found = StateChange.objects.filter(topic__in=visible_topics(member), at__gte=since).exclude(state="open")
    found = found.select_related("topic__conversation__subgroup").order_by("-at")
    return [
        Line(
            change.topic.conversation.title,
            " · ".join(filter(None, [str(change.get_state_display()), change.reason[:120]])),
            change.topic.get_absolute_url(),
            change.at,
        )
        for change in found[:MOST]
    ]


def open_asks(member, since: datetime) -> list[Line]:
    """Asks and questions that are still open, whenever they began."""
    found = visible_topics(member).filter(kind__in=[Topic.Kind.ASK, Topic.Kind.QUESTION], state=Topic.State.OPEN)
    found = found.exclude(conversation__started_by=member).select_related("conversation__subgroup")
    return [
        Line(
            topic.conversation.title,
            f"{topic.get_kind_display()} · {topic.conversation.subgroup.name}",
            topic.get_absolute_url(),
            topic.conversation.started_at,
        )
        for topic in found.order_by("-conversation__started_at")[:MOST]
    ]


register_part(Part("topics", _("Suggestions and answers"), "star", decisions, order=12))
register_part(Part("asks", _("Still asked"), "handshake", open_asks, order=30))
