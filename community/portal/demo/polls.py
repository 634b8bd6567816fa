"""Polls of the demo: some to vote in, some with a result, one of the whole association."""

from datetime import timedelta

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from community.portal.demo.cast import Club
from polls.models import Elector, Kind, Poll, Secrecy
from polls.rules import Rules, Shown
from polls.services import cast_vote, close_poll, count_running, create_poll, open_poll

# (subgroup or "", maker, question, explanation, options with their share of the votes, rules, days, turnout %, closed)
POLLS = [
    (
        "", "bestuur", "Nieuwe clubkleding", "De huidige pakken zijn uitverkocht. Kies wat jij zou dragen.",
        {"Donkerblauw met witte bies": 5, "Petrol met geel": 3, "Laat het zoals het is": 2},
        Rules(shown=Shown.AFTER_VOTE), 2, 40, False,
    ),
    (
        "zomertocht-friesland", "marloes", "Welke overnachting kiezen we op dag twee?",
        "De camping is het goedkoopst, de boerderij heeft bedden.",
        {"Natuurcamping De Fluessen": 6, "Groepsboerderij Balk": 3, "Slapen aan boord": 1},
        Rules(shown=Shown.LIVE), 6, 70, False,
    ),
    (
        "ploeg-dinsdagavond", "joost", "Hoe laat beginnen we in de winter?", "",
        {"18.30": 2, "19.00": 5, "19.30": 3},
        Rules(shown=Shown.LIVE, most_choices=2, blank=True), 1, 60, True,
    ),
    (
        "", "bestuur", "Waar vieren we het zomerfeest?", "Het 120-jarig bestaan, dus graag met veel mensen.",
        {"Botenhuis": 6, "Strandje van De Plas": 3, "Dorpshuis": 1},
        Rules(), 1, 65, True,
    ),
]  # fmt: skip


def load(club: Club) -> None:
    for row in POLLS:
        _poll(club, *row)
    _date_finder(club)
    _marks(club)
    _secret(club)
    _consent(club)
    _election(club)


def _date_finder(club: Club) -> None:
    """Three evenings for the preparation of the trip; the best one goes into the agenda by itself."""
    evenings = [_evening(club, days) for days in (16, 18, 23)]
    poll = _opened(
        club, "zomertocht-friesland", "marloes", kind=Kind.DATES, question="Wanneer pakken we de boten in?",
        options=evenings, rules=Rules(shown=Shown.LIVE, plans_event=True, event_minutes=150), days=9,
    )  # fmt: skip
    for elector in _electors_but_anneke(club, poll)[:22]:
        answers = {f"date-{n}": club.random.choice("2210") for n in range(1, len(evenings) + 1)}
        cast_vote(poll=poll, by=elector.member, posted=MultiValueDict({name: [each] for name, each in answers.items()}))


def _marks(club: Club) -> None:
    """Marks for plans, closed: the board reads means beside sums."""
    plans = ("Nieuwe riemen", "Kleedkamers opknappen", "Camera bij de steiger")
    poll = _opened(
        club, "", "bestuur", kind=Kind.MARKS, question="Hoe hard is dit nodig?", options=plans,
        rules=Rules(abstain=True, quorum="1/4"), days=8,
    )  # fmt: skip
    for elector in _electors_but_anneke(club, poll)[:70]:
        marks = {f"mark-{n}": [str(club.random.randrange(low, 11))] for n, low in ((1, 5), (2, 3), (3, 0))}
        cast_vote(poll=poll, by=elector.member, posted=MultiValueDict(marks))
    close_poll(poll=poll, by=club.people["bestuur"])


def _secret(club: Club) -> None:
    """Sealed: who voted is known, what they chose nobody can look up."""
    poll = _opened(
        club, "", "bestuur", kind=Kind.GAUGE, question="Voel je je veilig en welkom op de club?",
        explanation="Het antwoord is geheim. De vertrouwenspersoon bespreekt de uitslag met het bestuur.",
        options=("Ja, altijd", "Meestal", "Soms niet", "Nee"), secrecy=Secrecy.SECRET, rules=Rules(may_change=False),
        days=12,
    )  # fmt: skip
    _choose(club, poll, ["1", "2", "3", "4"], [6, 3, 1, 1], most=30)


def _consent(club: Club) -> None:
    poll = _opened(
        club, "zomertocht-friesland", "marloes", kind=Kind.CONSENT,
        question="We eten elke avond samen, in drie kookploegen",
        explanation="Bezwaar? Zeg erbij wat er nodig is, dan passen we het voorstel aan.", options=(), rules=Rules(),
        days=10,
    )  # fmt: skip
    _choose(club, poll, ["agree", "concern", "abstain"], [8, 2, 1], most=21)


def _election(club: Club) -> None:
    poll = _opened(
        club, "wedstrijdroeien", "hanna", kind=Kind.ELECTION, question="Wie wordt wedstrijdcoördinator?",
        options=("Bram Kok", "Ilse Vos", "Jasmijn Prins"), secrecy=Secrecy.CONFIDENTIAL,
        rules=Rules(method="irv", blank=True), days=14,
    )  # fmt: skip
    for elector in _electors_but_anneke(club, poll)[:14]:
        order = club.random.sample([1, 2, 3], 3)
        ranks = {f"rank-{place}": [str(number)] for number, place in enumerate(order, start=1)}
        cast_vote(poll=poll, by=elector.member, posted=MultiValueDict(ranks))


def _choose(club: Club, poll: Poll, choices: list[str], weights: list[int], *, most: int) -> None:
    for elector in _electors_but_anneke(club, poll)[:most]:
        choice = club.random.choices(choices, weights)[0]
        cast_vote(poll=poll, by=elector.member, posted=MultiValueDict({"choice": [choice]}))


def _evening(club: Club, days: int) -> str:
    day = timezone.localdate(club.now) + timedelta(days=days)
    return f"{day.isoformat()}T19:30"


def _opened(club: Club, slug: str, maker: str, *, days: int, **fields) -> Poll:
    poll = create_poll(
        by=club.people[maker],
        subgroup=club.subgroups[slug] if slug else None,
        closes_at=timezone.localtime(club.now + timedelta(days=days)).replace(
            hour=20, minute=0, second=0, microsecond=0
        ),
        **fields,
    )
    return open_poll(poll=poll, by=club.people[maker])


def _electors_but_anneke(club: Club, poll: Poll) -> list[Elector]:
    """Anneke, through whose eyes the tour goes, has still to vote."""
    electors = Elector.objects.filter(poll=poll).exclude(member=club.people["anneke"]).order_by("member")
    return list(electors.select_related("member"))


def _poll(club: Club, slug, maker, question, explanation, shares, rules, days, turnout, is_closed) -> Poll:
    poll = create_poll(
        by=club.people[maker],
        subgroup=club.subgroups[slug] if slug else None,
        kind=Kind.GAUGE,
        question=question,
        explanation=explanation,
        options=list(shares),
        rules=rules,
        closes_at=timezone.localtime(club.now + timedelta(days=days)).replace(
            hour=20, minute=0, second=0, microsecond=0
        ),
    )
    poll = open_poll(poll=poll, by=club.people[maker])
    _votes(club, poll, list(shares.values()), turnout)
    return close_poll(poll=poll, by=club.people[maker]) if is_closed else poll


def _votes(club: Club, poll: Poll, shares, turnout: int) -> None:
    for elector in _electors_but_anneke(club, poll):
        if club.random.randrange(100) < turnout:
            choice = club.random.choices(range(1, len(shares) + 1), shares)[0]
            cast_vote(poll=poll, by=elector.member, posted=MultiValueDict({"choice": [str(choice)]}))
    count_running(poll.pk)
