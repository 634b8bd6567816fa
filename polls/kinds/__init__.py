"""What differs per kind of poll: how an answer is written, how it is counted, and how the result reads."""

from polls.kinds.base import PollKind
from polls.kinds.consent import Consent
from polls.kinds.dates import Dates
from polls.kinds.formal import Motion, Vacancy
from polls.kinds.gauge import Gauge
from polls.kinds.marks import Marks
from polls.kinds.ordering import Points, Ranking
from polls.kinds.signup import Signup
from polls.kinds.statement import Statement
from polls.kinds.survey import Survey
from polls.models import Kind

KINDS: dict[str, PollKind] = {
    Kind.GAUGE: Gauge(),
    Kind.STATEMENT: Statement(),
    Kind.DATES: Dates(),
    Kind.RANKING: Ranking(),
    Kind.POINTS: Points(),
    Kind.MARKS: Marks(),
    Kind.SIGNUP: Signup(),
    Kind.SURVEY: Survey(),
    Kind.CONSENT: Consent(),
    Kind.MOTION: Motion(),
    Kind.ELECTION: Vacancy(),
}


def kind_of(poll) -> PollKind:
    return KINDS[poll.kind]
