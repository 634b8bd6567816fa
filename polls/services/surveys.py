"""Surveys: questions before opening, filling in once, and counting question by question."""

import hashlib
import random
import secrets
from collections import Counter

from django.db import transaction
from django.db.models import F, Max

from polls.errors import AlreadyVoted, Barred, DependsOnLater, EnvelopeUnreadable, Frozen, NotEntitled, OthersDepend
from polls.models import Elector, Poll, Sheet, SurveyLink, SurveyQuestion
from polls.secrecy.envelopes import CannotOpen, Opener, seal
from polls.services.locks import hold_poll, share_poll
from polls.survey_answers import answers_of
from polls.survey_templates import TEMPLATES

PADDED = 6144  # room for the longest text in any script, so that all envelopes of a survey have one length


@transaction.atomic
def add_question(*, poll: Poll, depends: tuple[int, str] | None = None, **fields) -> SurveyQuestion:
    """Put a question at the end. `depends` is the number of an earlier one and its answer. Raises Frozen."""
    poll = hold_poll(poll.pk)
    if poll.is_frozen:
        raise Frozen
    number = (poll.questions.aggregate(last=Max("number"))["last"] or 0) + 1
    if depends:
        earlier = poll.questions.filter(number=depends[0]).first()
        if earlier is None:
            raise DependsOnLater
        fields |= {"depends_on": earlier, "depends_answer": depends[1]}
    return poll.questions.create(number=number, **fields)


@transaction.atomic
def remove_question(*, poll: Poll, number: int) -> None:
    """Take a question out before opening, and move the later ones up. Raises Frozen, OthersDepend."""
    poll = hold_poll(poll.pk)
    if poll.is_frozen:
        raise Frozen
    question = poll.questions.filter(number=number).first()
    if question is None:
        return
    if poll.questions.filter(depends_on=question).exists():
        raise OthersDepend
    question.delete()
    for later in poll.questions.filter(number__gt=number).order_by("number"):
        SurveyQuestion.objects.filter(pk=later.pk).update(number=F("number") - 1)


@transaction.atomic
def start_from(*, poll: Poll, template: str) -> None:
    for line in TEMPLATES[template][1]():
        add_question(
            poll=poll,
            kind=line.kind,
            text=line.text,
            options=list(line.options),
            section=line.section,
            required=line.required,
            depends=line.depends,
        )


def write_link_electors(poll: Poll, number: int) -> list[Elector]:
    """Places on the list of voters for people who get a one-time link. The caller is opening the poll."""
    return Elector.objects.bulk_create(Elector(poll=poll) for _ in range(number))


@transaction.atomic
def hand_out_links(*, poll: Poll) -> list[str]:
    """Tokens for the places that have no link yet, shown this once: only their fingerprints are kept."""
    hold_poll(poll.pk)
    without = Elector.objects.filter(poll=poll, member=None, link=None, voted=False)
    tokens = {elector.pk: secrets.token_urlsafe(24) for elector in without}
    SurveyLink.objects.bulk_create(SurveyLink(elector_id=pk, token_hash=hashed(token)) for pk, token in tokens.items())
    return list(tokens.values())


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def fill_in(*, poll: Poll, elector: Elector | None, posted) -> None:
    """Store one person's answers, once. Raises PollClosed, NotEntitled, Barred, AlreadyVoted, InvalidAnswer."""
    from polls.services.voting import check_open

    poll = share_poll(poll.pk)
    check_open(poll)
    given = answers_of(posted, list(poll.questions.all()))
    if elector is None or elector.poll_id != poll.pk:
        raise NotEntitled
    if Elector.objects.filter(pk=elector.pk, barred_at__isnull=False).exists():
        raise Barred
    if not Elector.objects.filter(pk=elector.pk, voted=False).update(voted=True):
        raise AlreadyVoted
    Sheet.objects.bulk_create(_sheets(poll, elector, given))


def _sheets(poll: Poll, elector: Elector, given):
    """By name only what was answered; anonymously an envelope for every question, so that a gap tells nothing."""
    if not poll.is_secret:
        return [Sheet(question=question, elector=elector, answer=answer) for question, answer in given.items()]
    public = bytes(poll.key.public)
    bound = {"towards": public, "elector_id": elector.pk, "padded": PADDED}
    return [
        Sheet(question=question, elector=elector, sealed=seal(given.get(question, ""), poll_id=question.pk, **bound))
        for question in poll.questions.all()
    ]


def survey_result(poll: Poll, private_key: bytes | None = None) -> dict:
    """Each question counted on its own; texts shuffled, so that nobody's answers stand together.

    Envelopes are emptied here: the caller counts in the transaction that closes the poll.
    """
    result = {}
    for question in poll.questions.all():
        answers = _opened(question, private_key) if poll.is_secret else _named(question)
        if question.is_counted:
            counts = Counter(part for answer in answers for part in answer.split(","))
            result[str(question.number)] = {"answered": len(answers), "counts": dict(sorted(counts.items()))}
        else:
            random.SystemRandom().shuffle(answers)
            result[str(question.number)] = {"answered": len(answers), "texts": answers}
    if poll.is_secret:
        Sheet.objects.filter(question__poll=poll).delete()
    return {"questions": result}


def _named(question: SurveyQuestion) -> list[str]:
    return list(Sheet.objects.filter(question=question).exclude(answer="").values_list("answer", flat=True))


def _opened(question: SurveyQuestion, private_key: bytes) -> list[str]:
    answers, opener = [], Opener(private_key)
    for elector_id, sealed in Sheet.objects.filter(question=question).values_list("elector", "sealed").iterator():
        try:
            answers.append(opener.unseal(sealed, poll_id=question.pk, elector_id=elector_id))
        except CannotOpen as error:
            raise EnvelopeUnreadable from error
    return [answer for answer in answers if answer]
