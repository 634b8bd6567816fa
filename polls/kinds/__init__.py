"""What differs per kind of poll: how an answer is written, how it is counted, and how the result reads."""

from polls.kinds.base import PollKind
from polls.kinds.gauge import Gauge
from polls.models import Kind

KINDS: dict[str, PollKind] = {Kind.GAUGE: Gauge()}


def kind_of(poll) -> PollKind:
    return KINDS[poll.kind]
