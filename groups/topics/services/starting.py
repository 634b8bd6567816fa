"""Starting a discussion of a kind."""

import uuid
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from groups.conversations.models import Conversation
from groups.conversations.services import start_thread
from groups.people import answer_clock
from groups.people.models import Interest, Member
from groups.topics.access import handlers_of
from groups.topics.errors import EnoughFeedback
from groups.topics.models import Topic
from groups.topics.queries import helpers_for
from notifications.services import notify

FEEDBACK_A_MONTH = 2


@transaction.atomic
def start_topic(
    *,
    kind: str,
    subgroup,
    by,
    title: str,
    text: str,
    key: uuid.UUID | None = None,
    closes_on: date | None = None,
    interest: Interest | None = None,
) -> Topic:
    """Start a discussion that is also a proposition, suggestion, ask, offer or question; `key` again gives it back.

    A question gets the day before the end of which it is to be answered; an ask is told to who wants to help with it.
    Raises what start_thread raises, and EnoughFeedback for the third ask for feedback in a month. The caller has
    checked that `by` may start a discussion here.
    """
    thread = start_thread(subgroup=subgroup, by=by, title=title, text=text, key=key)
    present = Topic.objects.filter(conversation=thread).first()
    if present:
        return present
    if kind == Topic.Kind.FEEDBACK:
        _check_ceiling(by)
    return make_topic(thread=thread, kind=kind, closes_on=closes_on, interest=interest)


def _check_ceiling(by) -> None:
    """Twice a month, over all groups: attention is scarce. Within the caller's transaction."""
    Member.objects.select_for_update().get(pk=by.pk)  # two forms sent at once are counted one after the other
    first = timezone.localdate().replace(day=1)
    again = (first + timedelta(days=32)).replace(day=1)
    asked = Topic.objects.filter(kind=Topic.Kind.FEEDBACK, conversation__started_by=by)
    if asked.filter(conversation__started_at__gte=_midnight(first)).count() >= FEEDBACK_A_MONTH:
        raise EnoughFeedback(again)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def make_topic(*, thread: Conversation, kind: str, closes_on=None, interest=None) -> Topic:
    """Give an existing discussion a kind, within the caller's transaction."""
    topic = Topic.objects.create(
        conversation=thread,
        kind=Topic.Kind(kind),
        closes_on=closes_on,
        interest=interest,
        due_on=answer_day(thread.subgroup) if kind == Topic.Kind.QUESTION else None,
        owner=_in_charge(thread) if kind == Topic.Kind.QUESTION else None,
    )
    topic.changes.create(state=topic.state, by=thread.started_by)
    _tell(topic)
    return topic


def _in_charge(thread: Conversation) -> Member | None:
    """Who is on duty has the question from the start, if they look after questions here and did not ask it."""
    member = answer_clock.person_in_charge(thread.subgroup)
    if member is None or member.pk == thread.started_by_id:
        return None
    return handlers_of(thread.subgroup).filter(pk=member.pk).first()


def answer_day(subgroup) -> date:
    """The last day on which a question of today is answered, as the group or else the association promises."""
    rules = getattr(subgroup, "talk_rules", None)
    return answer_clock.answer_day(rules.answer_days if rules else None)


def _tell(topic: Topic) -> None:
    asker = topic.conversation.started_by_id
    if topic.kind == Topic.Kind.ASK and topic.interest_id:
        who, kind = helpers_for(topic), "topic.ask"
    elif topic.kind == Topic.Kind.QUESTION:
        who, kind = handlers_of(topic.conversation.subgroup), "topic.question"
    else:
        return
    notify(
        member_ids=who.exclude(pk=asker).values_list("pk", flat=True),
        kind=kind,
        key=f"topic:{topic.pk}",
        context={"topic": topic.pk},
        dedupe=f"{kind}:{topic.pk}",
        place=topic.conversation.subgroup.stream,
    )
