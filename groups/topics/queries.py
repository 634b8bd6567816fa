"""Reading topics: results of a proposition, who could help, the inbox, and how long answers take."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from statistics import median

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.access import readers_of
from groups.conversations.models import Barrier
from groups.people.models import Member
from groups.topics.models import Argument, Backing, Helper, Second, StateChange, Topic

SCALE = {
    1: _("Wholly against"),
    2: _("Rather against"),
    3: _("In between"),
    4: _("Rather in favour"),
    5: _("Wholly in favour"),
}
MEASURED = timedelta(days=90)
ENOUGH = 5  # answers before a usual time is worth saying


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale. `percent` is 0-100, rounded; of a proposition without stances 0."""

    value: int
    label: str
    count: int
    percent: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the members stand, and the arguments of each side, the best backed first."""

    steps: list[Step]
    total: int
    in_favour: list[Argument]
    against: list[Argument]

    @property
    def is_answered(self) -> bool:
        return any(step.is_own for step in self.steps)

    @property
    def best(self) -> list[Argument]:
        """The best-backed argument of each side, when somebody backed it."""
        return [side[0] for side in (self.in_favour, self.against) if side and side[0].support]


def balance_of(topic: Topic, member) -> Balance:
    counts = dict(topic.stances.values_list("value").annotate(number=Count("pk")))
    own = topic.stances.filter(member=member).values_list("value", flat=True).first()
    total = sum(counts.values())
    steps = [
        Step(
            value, label, counts.get(value, 0), round(100 * counts.get(value, 0) / total) if total else 0, value == own
        )
        for value, label in SCALE.items()
    ]
    mine = Backing.objects.filter(argument=OuterRef("pk"), member=member)
    arguments = topic.arguments.annotate(support=Count("backings"), is_backed=Exists(mine))
    arguments = list(arguments.select_related("by").order_by("-support", "at", "pk"))
    return Balance(
        steps,
        total,
        [argument for argument in arguments if argument.side == Argument.Side.FOR],
        [argument for argument in arguments if argument.side == Argument.Side.AGAINST],
    )


def _step(value: int, label, count: int, total: int, own: int | None) -> Step:
    return Step(value, label, count, round(100 * count / total) if total else 0, value == own)


def helpers_for(topic: Topic):
    """Members who may read the ask, have this interest, and want to hear of such asks."""
    willing = Helper.objects.values("member")
    found = Member.objects.filter(is_active=True, pk__in=willing, interests=topic.interest_id)
    asker = topic.conversation.started_by_id
    apart = Barrier.objects.filter(against=asker, kind=Barrier.Kind.BLOCK).values("member")
    return found.filter(pk__in=readers_of(topic.conversation)).exclude(pk__in=apart).exclude(pk=asker).distinct()


def matching_offers(topic: Topic, visible):
    """Of the visible topics: open ones on the other side of the same interest."""
    other = Topic.Kind.OFFER if topic.kind == Topic.Kind.ASK else Topic.Kind.ASK
    found = visible.filter(kind=other, state=Topic.State.OPEN, interest=topic.interest_id)
    return found.select_related("conversation__subgroup", "conversation__started_by") if topic.interest_id else []


def supporters(topic: Topic):
    return Member.objects.filter(pk__in=Second.objects.filter(topic=topic).values("member"))


def with_support(topics, member):
    mine = Second.objects.filter(topic=OuterRef("pk"), member=member)
    return topics.annotate(support=Count("seconds"), is_supported=Exists(mine))


def usual_answer_days(subgroup) -> int | None:
    """How many days half of the answers of the past three months took at most; None when there are too few."""
    answered = StateChange.objects.filter(
        topic__kind=Topic.Kind.QUESTION,
        topic__conversation__subgroup=subgroup,
        state=Topic.State.ANSWERED,
        at__gte=timezone.now() - MEASURED,
    )
    took = [
        (timezone.localdate(at) - timezone.localdate(asked)).days
        for at, asked in answered.values_list("at", "topic__conversation__started_at")
    ]
    return max(1, ceil(median(took))) if len(took) >= ENOUGH else None


def is_helper(member) -> bool:
    return Helper.objects.filter(member=member).exists()
