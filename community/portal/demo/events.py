"""The agenda of De Waterhoen: trainings, an evening, a long weekend, a full course with people in line."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localdate, make_aware

from community.portal.demo.cast import Club
from groups.events.models import Answer, Event, Series
from groups.events.services import answer_event, ask_at_event, plan_event, plan_shift, take_shift
from groups.people.models import Member

Choice = Answer.Choice


def load(club: Club) -> None:
    _trainings(club)
    _evening(club)
    _weekend(club)
    _course(club)
    _for_everybody(club)


def _at(day, hour: int, minute: int = 0):
    return make_aware(datetime.combine(day, time(hour, minute)))


def _days(count: int, weekday: int | None = None):
    """A day so many days from now, moved on to the wanted day of the week (0 is Monday)."""
    day = localdate() + timedelta(days=count)
    return day if weekday is None else day + timedelta(days=(weekday - day.weekday()) % 7)


def _answers(club: Club, event: Event, people: list[Member], shares: tuple[float, float, float]) -> None:
    for member in people:
        choice = club.random.choices([Choice.YES, Choice.MAYBE, Choice.NO, None], weights=[*shares, 1 - sum(shares)])[0]
        if choice:
            answer_event(event=event, member=member, choice=choice)


def _trainings(club: Club) -> None:
    first = _days(1, weekday=1)
    training = plan_event(
        by=club.people["joost"], subgroup=club.subgroups["ploeg-dinsdagavond"], title="Training in de vier",
        description="Wie kan er niet? Laat het uiterlijk maandag weten, dan zoeken we een invaller.",
        place="Steiger 2", starts_at=_at(first, 19), ends_at=_at(first, 21), rhythm=Series.Rhythm.WEEKLY,
        until=first + timedelta(weeks=12),
    )  # fmt: skip
    _answers(club, training, club.in_group("ploeg-dinsdagavond")[1:], (0.6, 0.1, 0.2))


def _evening(club: Club) -> None:
    day = _days(9, weekday=3)
    meeting = plan_event(
        by=club.people["marloes"], subgroup=club.subgroups["zomertocht-friesland"], title="Voorbespreking route",
        description="We kiezen de route en verdelen de taken. Er is soep.", place="Clubhuis",
        access_facts="Begane grond, aangepast toilet naast de bar.", starts_at=_at(day, 20), ends_at=_at(day, 22),
        answer_by=_at(day - timedelta(days=2), 23, 59),
    )  # fmt: skip
    guests = [member for member in club.in_group("zomertocht-friesland") if member != club.people["anneke"]]
    _answers(club, meeting, guests, (0.3, 0.1, 0.15))


def _weekend(club: Club) -> None:
    first = _days(200, weekday=4)
    plan_event(
        by=club.people["marloes"], subgroup=club.subgroups["zomertocht-friesland"], title="Zomertocht Friesland",
        description="- Vrijdag: heen, tent opzetten\n- Zaterdag en zondag: varen\n- Maandag: terug", place="Balk",
        is_all_day=True, starts_at=_at(first, 0), ends_at=_at(first + timedelta(days=4), 0), capacity=62,
    )  # fmt: skip


def _course(club: Club) -> None:
    day = _days(17, weekday=5)
    course = plan_event(
        by=club.people["hanna"], subgroup=club.subgroups["wedstrijdroeien"], title="Cursus sturen", capacity=8,
        description="Voor wie dit voorjaar een wedstrijd wil sturen.", place="Zaal boven", starts_at=_at(day, 10),
        ends_at=_at(day, 13), guest_list=Event.GuestList.NAMES,
    )  # fmt: skip
    _answers(club, course, club.in_group("wedstrijdroeien")[1:16], (0.75, 0.0, 0.1))


def _for_everybody(club: Club) -> None:
    party, opening = _days(26, weekday=5), _days(110, weekday=5)
    drinks = plan_event(
        by=club.people["bestuur"], subgroup=None, title="Kerstborrel", place="Clubhuis",
        description="Neem iets lekkers mee. De bar zorgt voor de glühwein.", starts_at=_at(party, 16),
        ends_at=_at(party, 19, 30), guest_list=Event.GuestList.COUNT, access_facts="Begane grond.",
    )  # fmt: skip
    ask_at_event(event=drinks, questions=[{"text": "Wat eet je niet?", "is_required": False, "is_sensitive": True}])
    bar = plan_shift(event=drinks, title="Achter de bar", starts_at=_at(party, 16), ends_at=_at(party, 18), places=2)
    plan_shift(event=drinks, title="Opruimen", starts_at=_at(party, 19), ends_at=_at(party, 20), places=3)
    take_shift(shift=bar, member=club.people["joost"])
    _answers(club, drinks, club.members[1:60], (0.5, 0.2, 0.1))
    plan_event(
        by=club.people["bestuur"], subgroup=None, title="Open dag", place="Botenhuis en steiger",
        description="We laten de buurt kennismaken met roeien.", is_all_day=True, starts_at=_at(opening, 0),
        ends_at=_at(opening + timedelta(days=1), 0),
    )  # fmt: skip
