"""The state of a topic: every change is a row, and who it matters to hears of it."""

from django.db import transaction
from django.utils import timezone

from groups.topics.errors import ReasonNeeded, StateUnknown
from groups.topics.models import Topic
from notifications.services import notify
from theme.cleantext import clean_text

STATES = {
    Topic.Kind.PROPOSITION: ("open", "closed"),
    Topic.Kind.SUGGESTION: ("open", "considered", "planned", "done", "declined"),
    Topic.Kind.ASK: ("open", "helped", "closed"),
    Topic.Kind.OFFER: ("open", "helped", "closed"),
    Topic.Kind.QUESTION: ("open", "answered", "closed"),
    Topic.Kind.FEEDBACK: ("open", "closed"),
}


@transaction.atomic
def change_state(*, topic: Topic, by, state: str, reason: str = "") -> Topic:
    """Bring a topic into another state; the same state again changes nothing. Who proposed and supported it is told.

    Raises StateUnknown, and ReasonNeeded for a no without a reason. The caller has checked that `by` may decide it.
    """
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    if state not in STATES[topic.kind]:
        raise StateUnknown
    reason = clean_text(reason or "")
    if state == Topic.State.DECLINED and not reason:
        raise ReasonNeeded
    if state == topic.state:
        return topic
    topic.state, topic.state_at = state, timezone.now()
    topic.save(update_fields=["state", "state_at"])
    change = topic.changes.create(state=state, reason=reason, by=by)
    _tell(topic, change, by)
    return topic


def _tell(topic: Topic, change, by) -> None:
    concerned = set(topic.seconds.values_list("member", flat=True)) | {topic.conversation.started_by_id}
    notify(
        member_ids=sorted(concerned - {None, by.pk if by else None}),
        kind="topic.state",
        key=f"topic:{topic.pk}",
        context={"topic": topic.pk, "change": change.pk},
        dedupe=f"topic.state:{change.pk}",
        place=topic.conversation.subgroup.stream,
    )
