"""The agenda as pages and calendars show it."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from groups.events.access import visible_events
from groups.events.fingerprints import fingerprint
from groups.events.models import Answer, CalendarFeed, Event, ShiftPlace, ShiftSwap
from groups.people.models import Member
from theme import kept

YES = Q(answers__choice=Answer.Choice.YES)


def with_answers(events, member):
    """Events with `going`, `waiting`, `maybe` (numbers) and `my_choice`, `my_waiting` of the member."""
    mine = Answer.objects.filter(event=OuterRef("pk"), member=member)
    return events.select_related("subgroup").annotate(
        going=Count("answers", filter=YES & Q(answers__waiting_since__isnull=True)),
        waiting=Count("answers", filter=Q(answers__waiting_since__isnull=False)),
        maybe=Count("answers", filter=Q(answers__choice=Answer.Choice.MAYBE)),
        my_choice=Subquery(mine.values("choice")[:1]),
        my_waiting=Subquery(mine.values("waiting_since")[:1]),
    )


def upcoming(events, now=None):
    """What is going on or still to come, soonest first; a cancelled event stays visible until its day."""
    return events.filter(ends_at__gt=now or kept.now()).order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    events: list


def by_day(events) -> list[Day]:
    """Days with their events. What began earlier and still goes on stands under today."""
    today = timezone.localdate()
    return [Day(day, list(group)) for day, group in groupby(events, key=lambda event: max(event.first_day, today))]


def who_hears(event: Event, but=None):
    """The members who said yes or maybe, also those in line; they hear what changes. `but` changed it themselves."""
    guests = event.answers.exclude(choice=Answer.Choice.NO).exclude(member=but)
    return Member.objects.filter(pk__in=guests.values("member"))


def next_events_of(subgroup):
    """What comes in a group, soonest first, with `going`: how many come, 0 where only the organisers may know it."""
    coming = Answer.objects.filter(event=OuterRef("pk"), choice=Answer.Choice.YES, waiting_since__isnull=True)
    coming = coming.exclude(event__guest_list=Event.GuestList.ORGANISERS)
    number = coming.order_by().values("event").annotate(number=Count("pk")).values("number")
    events = upcoming(Event.objects.filter(subgroup=subgroup, cancelled_at__isnull=True))
    return events.annotate(going=Coalesce(Subquery(number), 0))


def to_answer(member, now=None):
    """Events with a deadline within two weeks that this member has not answered."""
    now = now or kept.now()
    answered = Answer.objects.filter(member=member).values("event")
    return (
        visible_events(member)
        .filter(cancelled_at__isnull=True, answer_by__gte=now, answer_by__lte=now + timedelta(days=14))
        .exclude(pk__in=answered)
        .order_by("answer_by")
    )


def guests(event):
    """Everybody's answer with the person: who comes, who waits (in line), who perhaps comes, who does not."""
    return event.answers.select_related("member").order_by("waiting_since", "member__first_name", "pk")


def shifts_of(event):
    """The shifts in order of time, each with who does it."""
    people = Prefetch("taken", ShiftPlace.objects.select_related("member").order_by("number"))
    return event.shifts.prefetch_related(people)


def swaps_to_answer(member):
    """Open questions to this member to take over a shift that has not begun."""
    return (
        ShiftSwap.objects.filter(asked=member, answered_at__isnull=True, place__shift__event__in=visible_events(member))
        .filter(place__shift__starts_at__gt=kept.now())
        .select_related("place__shift__event", "place__member", "in_exchange__shift")
    )


def own_places(member):
    """The shifts this member does."""
    return ShiftPlace.objects.filter(member=member, shift__event__in=visible_events(member))


def places_of_others(place):
    """What others do at the same event in another shift: what a place can be swapped for."""
    others = ShiftPlace.objects.filter(shift__event=place.shift.event_id).exclude(shift=place.shift_id)
    return others.exclude(member=place.member_id).select_related("member", "shift")


def comers(event, but):
    """Who said yes, as members."""
    coming = event.answers.filter(choice=Answer.Choice.YES).exclude(member=but).select_related("member")
    return [answer.member for answer in coming.order_by("member__first_name", "pk")]


def replies_by_person(event):
    """Everybody who comes or perhaps does, with what they filled in, for the organisers."""
    return (
        event.answers.filter(replies__isnull=False)
        .distinct()
        .select_related("member")
        .prefetch_related("replies__question")
        .order_by("member__first_name", "pk")
    )


def feed_of(member):
    return CalendarFeed.objects.filter(member=member).first()


def owner_of_feed(token: str):
    """The active member whose calendar address ends in this token, or None."""
    feed = CalendarFeed.objects.filter(fingerprint=fingerprint(token), member__is_active=True)
    return (found := feed.select_related("member").first()) and found.member
