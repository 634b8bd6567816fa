"""Totals: a running one at most every two seconds while a poll is open, and the final one at closing."""

import logging
from collections import Counter
from dataclasses import replace

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext

from notifications.live import publish_after_commit
from polls.kinds import kind_of
from polls.kinds.base import Shape
from polls.models import Elector, Kind, Poll, Secrecy, Tally
from polls.rules import Audience, Shown
from polls.services import sealing, surveys

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_TALLIES = 2
# Confidential totals move in steps of this many new voters, so that a step does not tell one person's choice.
STEP = 10


def profile_of(poll: Poll) -> Counter:
    """{answer: votes} of the open or confidential answers, weights included."""
    answers = Elector.objects.filter(poll=poll, voted=True, answer__isnull=False)
    return Counter(
        dict(answers.order_by().values("answer").annotate(votes=Sum("weight")).values_list("answer", "votes"))
    )


def ballot_shape(poll: Poll) -> Shape:
    """What reading a ballot needs: no figures, so that a vote does not count the electors."""
    return Shape(poll.rules, {option.number: option.text for option in poll.options.all()})


def shape_of(poll: Poll) -> Shape:
    """What counting needs: for a motion also how many votes there are, and how many are present."""
    if poll.kind != Kind.MOTION:
        return ballot_shape(poll)
    entitled = Elector.objects.filter(poll=poll).entitled().aggregate(votes=Sum("weight", default=0))["votes"]
    return replace(ballot_shape(poll), entitled=entitled, present=present_votes(poll))


def present_votes(poll: Poll) -> int:
    """Votes of electors who are present at the poll's meeting or represented there; 0 outside a meeting."""
    if not poll.item_id:
        return 0
    here = poll.item.meeting.attendances.values("member")
    electors = Elector.objects.filter(Q(member__in=here) | Q(represented_by__in=here), poll=poll)
    return electors.entitled().aggregate(votes=Sum("weight", default=0))["votes"]


def totals_move(poll: Poll) -> bool:
    """Whether anybody may see totals while the poll is open."""
    return poll.rules.shown in (Shown.LIVE, Shown.AFTER_VOTE) and poll.secrecy != Secrecy.SECRET


def recount_soon(poll: Poll) -> None:
    """After commit, have the poll counted in two seconds, unless that is already going to happen."""
    if not totals_move(poll):
        return

    def ask():
        from polls.tasks import recount

        if not cache.add(_pending(poll.pk), 1, timeout=30):
            return
        try:
            recount.apply_async((poll.pk,), countdown=SECONDS_BETWEEN_TALLIES)
        except recount.OperationalError:
            logger.warning("the broker is away; the sweep will count poll %s", poll.pk)

    transaction.on_commit(ask, robust=True)


def _pending(poll_id: int) -> str:
    return f"poll-count-pending:{poll_id}"


@transaction.atomic
def count_running(poll_id: int) -> Tally | None:
    """Replace the running totals and tell who follows them; None when there is nothing new to tell."""
    # Before counting: a vote that arrives meanwhile must ask for another count.
    cache.delete(_pending(poll_id))
    poll = Poll.objects.filter(pk=poll_id).first()
    if poll is None or not poll.is_running or not totals_move(poll):
        return None
    running = Tally.objects.select_for_update().filter(poll=poll, is_final=False).first()
    profile, voters, entitled = profile_of(poll), *turnout(poll)
    if not _is_next_step(poll, running, profile, voters):
        return None
    tally = _store(poll, profile, voters, entitled, is_final=False)
    _publish_totals(poll, tally)
    return tally


def _is_next_step(poll: Poll, running: Tally | None, profile: Counter, voters: int) -> bool:
    before = running.voters if running else 0
    if poll.secrecy == Secrecy.CONFIDENTIAL:
        return voters - before >= STEP
    return running is None or running.profile != profile


def count_finally(poll: Poll, opened: sealing.Opened | None = None) -> Tally | None:
    """The count that stands. The caller holds the poll's lock and has closed it.

    A secret poll hands in its `opened` envelopes. With fewer than three of them it is void: any outcome would tell
    who chose what, so the envelopes are destroyed unread by anybody.
    """
    opened = opened or sealing.Opened(profile_of(poll), [], [])
    voters, entitled = turnout(poll)
    result = _survey_result(poll) if poll.kind == Kind.SURVEY else None
    if poll.is_secret:
        sealing.destroy_envelopes(poll)
        if voters < sealing.FEWEST_ELECTORS:
            _set_state(poll, Poll.State.VOID)
            return None
    tally = _store(poll, opened.profile, voters, entitled, is_final=True, opened=opened, result=result)
    # Earlier steps of a confidential poll must not be there to compare with.
    Tally.objects.filter(poll=poll, is_final=False).delete()
    _set_state(poll, Poll.State.COUNTED)
    publish_after_commit(poll.stream, "poll.closed", {"poll": poll.pk, "version": tally.version})
    return tally


def _survey_result(poll: Poll) -> dict:
    return surveys.survey_result(poll, sealing.private_key_of(poll) if poll.is_secret else None)


def _set_state(poll: Poll, state: str) -> None:
    Poll.objects.filter(pk=poll.pk).update(state=state)
    poll.state = state


def turnout(poll: Poll) -> tuple[int, int]:
    """How many have voted, and how many may."""
    entitled = Elector.objects.filter(poll=poll).entitled()  # who was barred after voting is in it
    row = entitled.aggregate(voted=Count("pk", filter=Q(voted=True)), all=Count("pk"))
    return row["voted"], row["all"]


def _store(
    poll: Poll, profile: Counter, voters: int, entitled: int, *, is_final: bool, opened=None, result=None
) -> Tally:
    values = {
        "profile": dict(sorted(profile.items())),
        "voters": voters,
        "entitled": entitled,
        "result": result or kind_of(poll).result(profile, shape_of(poll)),
        "fingerprint": poll.fingerprint,
        "envelopes": opened.prints if opened else [],
        "receipts": opened.receipts if opened else [],
        "computed_at": timezone.now(),
    }
    last = Tally.objects.filter(poll=poll).order_by("-version").values_list("version", flat=True).first() or 0
    tally, _made = Tally.objects.update_or_create(
        poll=poll, is_final=is_final, defaults={**values, "version": last + 1}
    )
    return tally


def _publish_totals(poll: Poll, tally: Tally) -> None:
    """Totals once, to who may see them move; the sentence in each language, for the fact is the same for all."""
    if poll.rules.audience != Audience.EVERYBODY:
        return
    kind, shape = kind_of(poll), shape_of(poll)
    fact = {
        "poll": poll.pk,
        "version": tally.version,
        "bars": {str(bar.number): [bar.votes, bar.percent] for bar in kind.bars(tally.result, shape)},
        "words": {},
    }
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words = {"sentence": kind.sentence(tally.result, shape), "turnout": turnout_words(tally)}
            fact["words"][language] = words
    publish_after_commit(poll.totals_stream, "poll.totals", fact)


def turnout_words(tally) -> str:
    return gettext("%(voters)s of %(entitled)s voted") % {"voters": tally.voters, "entitled": tally.entitled}


def finish_due() -> None:
    """Close what is over, and count what a lost message left uncounted."""
    from polls.services.making import close_poll

    for poll in Poll.objects.to_close():
        close_poll(poll=poll, by=None)
    for poll in Poll.objects.running().filter(stored_rules__shown__in=[Shown.LIVE, Shown.AFTER_VOTE]):
        count_running(poll.pk)
