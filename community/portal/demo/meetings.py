"""General meetings of De Waterhoen: one that was held, with its vote and minutes, and one that is called."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from community.portal.demo.cast import Club
from community.portal.demo.clock import on_day
from notifications.models import Delivery, Notice
from polls.models import AgendaItem, Elector, Kind, Meeting, Poll, Statutes
from polls.rules import Rules
from polls.services import (
    call_meeting,
    cast_vote,
    check_in,
    close_meeting,
    close_poll,
    create_poll,
    give_proxy,
    open_meeting,
    open_poll,
    state_decision,
    write_minutes,
)

PRESENT = 34
HELD, COMING = -210, 17  # days from now

HELD_AGENDA = {
    "Opening": "",
    "Jaarverslag van het bestuur": "Het verslag stond in De Riem van maart.",
    "Aanschaf van een oefenvier": "Het bestuur vraagt € 9.000 uit de bootreserve; de rest komt uit een potje.",
    "Rondvraag": "",
}
COMING_AGENDA = {
    "Opening en verslag van de voorjaarsvergadering": "",
    "Begroting en contributie": "De contributie blijft gelijk. De penningmeester licht de begroting toe.",
    "Kascommissie": "Wouter treedt af en is niet herkiesbaar. Meld je aan bij het bestuur.",
    "Wijziging van het huishoudelijk reglement": "Roeien in het donker mag alleen nog met boordlampen.",
    "Rondvraag": "",
}
INVITATION = "Iedereen is welkom; vanaf 19.30 uur is er koffie. Kun je niet komen? Geef een ander lid je volmacht."
MINUTES = """Ineke opent de vergadering om 20.00 uur en heet iedereen welkom.

Het jaarverslag wordt zonder opmerkingen vastgesteld.

Over de oefenvier vraagt Thijs naar het onderhoud; dat komt ten laste van de materiaalcommissie.

Daarna wordt gestemd. Het voorstel is aangenomen.

Bij de rondvraag bedankt Hanna de vrijwilligers van de Head. Om 21.45 uur sluit de voorzitter de vergadering."""


def load(club: Club) -> None:
    Statutes.objects.create(
        pk=1,
        call_days=14, blank_counts=False, matter_share="1/2", change_share="2/3", change_quorum="2/3",
        proxies_per_holder=2, proxy_hours=24, giver_may_still_vote=True, advance_days=0, second_meeting_days=28,
    )  # fmt: skip
    _held(club)
    meeting = _called(club, "Najaars-ALV", COMING, COMING_AGENDA, said=-4)
    give_proxy(meeting=meeting, giver=club.people["pieter"], holder=club.people["lotte"])


def _called(club: Club, title: str, days: int, agenda: dict[str, str], *, said: int) -> Meeting:
    """A meeting `days` from now, called `said` days from now."""
    with on_day(_day(club, said)):
        meeting = Meeting.objects.create(
            title=title,
            held_at=timezone.make_aware(datetime.combine(_day(club, days), time(20))),
            place="Botenhuis, Jaagpad 1",
            text=INVITATION,
        )
        for number, (point, text) in enumerate(agenda.items(), start=1):
            AgendaItem.objects.create(meeting=meeting, number=number, title=point, text=text)
        return call_meeting(meeting=meeting, by=club.people["bestuur"])


def _held(club: Club) -> None:
    chair = club.people["bestuur"]
    meeting = _called(club, "Voorjaars-ALV", HELD, HELD_AGENDA, said=HELD - 20)
    with on_day(_day(club, HELD), hour=20):
        open_meeting(meeting=meeting, by=chair)
        for member in [chair, *club.members[:PRESENT]]:
            check_in(meeting=meeting, member=member)
        poll = _decided(club, meeting)
        state_decision(poll=poll, by=chair, text="De vereniging koopt een oefenvier, tot € 9.000 uit de bootreserve.")
        close_meeting(meeting=meeting, by=chair)
        write_minutes(meeting=meeting, by=chair, text=MINUTES)
    with on_day(_day(club, HELD + 60)):
        write_minutes(meeting=meeting, by=chair, text=MINUTES, adopt=True)
    _quiet()


def _decided(club: Club, meeting: Meeting) -> Poll:
    chair = club.people["bestuur"]
    poll = create_poll(
        by=chair, kind=Kind.MOTION, question="Kopen we een oefenvier?", options=[], rules=Rules(),
        opens_at=timezone.now(), closes_at=timezone.now() + timedelta(hours=2), item=meeting.items.get(number=3),
    )  # fmt: skip
    open_poll(poll=poll, by=chair)
    present = meeting.attendances.values("member")
    for elector in Elector.objects.filter(poll=poll, member__in=present).order_by("member").select_related("member"):
        choice = club.random.choices(["for", "against", "blank"], [8, 2, 1])[0]
        cast_vote(poll=poll, by=elector.member, posted=MultiValueDict({"choice": [choice]}))
    return close_poll(poll=poll, by=chair)


def _quiet() -> None:
    """What was told about a meeting of long ago is read by now, and nobody is mailed about it."""
    Notice.objects.filter(kind="meeting.called").update(read_at=timezone.now())
    Delivery.objects.filter(kind="meeting.called").delete()


def _day(club: Club, days: int):
    return timezone.localdate(club.now) + timedelta(days=days)
