"""What polls registers with the apps below: live streams, home cards, the tab, navigation, reminders."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.subgroups.modules import Tab, tab_registry
from groups.todos.sources import Source, register_source
from notifications.cards import Card, card_registry
from notifications.kinds import NoticeKind, Words, register_kind, row_of, rows_by
from notifications.live import stream_registry
from notifications.reminders import Due, reminder_registry
from polls.access import (
    in_subgroup,
    polls_to_vote,
    polls_without_outcome,
    visible_meetings,
    visible_polls,
)
from polls.models import Elector, Poll, Proxy, Teller
from polls.reminding import reminder_moments
from polls.rules import Audience, Shown
from polls.words import day_and_time, time_left
from theme.kept import Asked, kept_rows

DONE = (Poll.State.COUNTED, Poll.State.PUBLISHED, Poll.State.VOID)


@stream_registry
def poll_streams(member) -> set[str]:
    """Of every running poll in reach that it closes; its totals only while this member may see them move."""
    return (
        {poll.stream for poll in kept_rows(_running, member)}
        | {poll.totals_stream for poll in kept_rows(_moving, member)}
        | {meeting.stream for meeting in kept_rows(_meetings_under_way, member)}
    )


def _running(member):
    return visible_polls(member).running().only("pk")


def _moving(member):
    voted = Elector.objects.filter(poll=OuterRef("pk"), member_id=member.pk, voted=True)
    moving = Q(stored_rules__shown=Shown.LIVE) | Q(stored_rules__shown=Shown.AFTER_VOTE) & Exists(voted)
    return _running(member).filter(moving, stored_rules__audience=Audience.EVERYBODY)


def _meetings_under_way(member):
    return visible_meetings(member).filter(closed_at=None, called_at__isnull=False).only("pk")


@card_registry
def vote_cards(member) -> list[Card]:
    return [
        Card(
            key=f"poll:{poll.pk}",
            title=poll.question,
            detail=gettext("Poll · %(left)s") % {"left": time_left(poll.closes_at)},
            path=poll.get_absolute_url(),
            button=gettext("Vote"),
            icon="vote",
            hue="violet",
            due_at=poll.closes_at,
        )
        for poll in kept_rows(polls_to_vote, member)
    ]


def _tells(member):
    return Teller.objects.filter(member_id=member.pk).exclude(poll__state__in=DONE)


@card_registry.when(_tells)
def teller_cards(member) -> list[Card]:
    """A passphrase to choose before opening, votes to count after closing."""
    cards = []
    for teller in _tells(member).select_related("poll"):
        poll = teller.poll
        if poll.state == Poll.State.CLOSED:
            detail, button = gettext("You are a teller: voting has closed"), gettext("Count")
        elif not poll.is_frozen and not teller.is_ready:
            detail, button = gettext("You are a teller: choose your passphrase"), gettext("Choose")
        else:
            continue
        path = reverse("poll-tellers", args=[poll.pk])
        cards.append(Card(f"teller:{poll.pk}", poll.question, detail, path, button, "key-round", hue="violet"))
    return cards


def _asked_to_vote_for(member):
    return Proxy.objects.standing().filter(holder=member, accepted_at=None, meeting__closed_at=None)


@card_registry.when(_asked_to_vote_for)
def proxy_cards(member) -> list[Card]:
    """A proxy that waits for the holder's yes."""
    waiting = _asked_to_vote_for(member)
    return [
        Card(
            key=f"proxy:{proxy.pk}",
            title=proxy.meeting.title,
            detail=gettext("%(giver)s asks you to vote for them") % {"giver": proxy.giver},
            path=proxy.meeting.get_absolute_url(),
            button=gettext("View"),
            icon="handshake",
            hue="violet",
            due_at=proxy.meeting.held_at,
        )
        for proxy in waiting.select_related("meeting", "giver")
    ]


@card_registry.desk
def outcome_cards(member) -> list[Card]:
    """On the desk of who ran a poll: it has closed, and nobody has said what happens now."""
    return [
        Card(
            key=f"poll-outcome:{poll.pk}",
            title=poll.question,
            detail=gettext("The result is there. Tell voters what happens now."),
            path=reverse("poll-figures", args=[poll.pk]),
            button=gettext("Tell"),
            icon="megaphone",
            hue="violet",
            due_at=poll.closes_at,
            for_desk=True,
        )
        for poll in kept_rows(polls_without_outcome, member)
    ]


@tab_registry
def polls_tab() -> Tab:
    return Tab(module="polls", label=_("Polls"), icon="vote", url_name="subgroup-polls", position=30, badge=to_vote_in)


def to_vote_in(member, subgroup):
    return Asked(_polls_to_vote_in, member, subgroup)


def _polls_to_vote_in(member, subgroup):
    return polls_to_vote(member).filter(in_subgroup(subgroup))


@reminder_registry
def vote_reminders(now):
    """Who has not voted yet, at the moments of each running poll that have come."""
    for poll in Poll.objects.running(now):
        place = f"subgroup.{poll.subgroup_id}" if poll.subgroup_id else ""
        for step, moment in reminder_moments(poll):
            if moment <= now:
                waiting = Elector.objects.to_vote().filter(poll=poll, member__isnull=False)
                for member_id in waiting.values_list("member_id", flat=True).iterator():
                    yield Due(member_id, "poll.reminder", f"poll:{poll.pk}", step, {"poll": poll.pk}, place)


def _reminder_words(member, context, count):
    poll = visible_polls(member).filter(pk=context["poll"]).first()
    if poll is None:
        return Words(gettext("This poll is no longer available."), "", reverse("polls"))
    body = gettext("You can vote until %(left)s. Voted already? Then you need not do anything.")
    return Words(
        gettext("Still to vote: %(question)s") % {"question": poll.question},
        body % {"left": time_left(poll.closes_at, until=True)},
        poll.get_absolute_url(),
        gettext("Vote"),
    )


def _outcome_words(member, context, count):
    poll = visible_polls(member).filter(pk=context["poll"]).select_related("outcome").first()
    if poll is None:
        return Words(gettext("This poll is no longer available."), "", reverse("polls"))
    title = gettext("What happens with “%(question)s”") % {"question": poll.question}
    return Words(title, poll.outcome.text, poll.get_absolute_url(), gettext("View"))


def _planned_words(member, context, count):
    poll = visible_polls(member).filter(pk=context["poll"]).select_related("event").first()
    if poll is None or poll.event is None:
        return Words(gettext("This poll is no longer available."), "", reverse("polls"))
    title = gettext("The moment is chosen: %(question)s") % {"question": poll.question}
    return Words(title, day_and_time(poll.event.starts_at), poll.event.get_absolute_url(), gettext("View"))


_meetings = rows_by("meeting", visible_meetings)


def _meeting_words(member, context, count):
    meeting = row_of(_meetings, member, context)
    if meeting is None:
        return Words(gettext("This meeting is no longer available."), "", reverse("meetings"))
    title = gettext("You are invited: %(meeting)s") % {"meeting": meeting.title}
    body = f"{day_and_time(meeting.held_at)}. {meeting.place}\n{meeting.text}"
    return Words(title, body, meeting.get_absolute_url(), gettext("View"))


def _still_to_vote(member, context) -> bool:
    return polls_to_vote(member).filter(pk=context["poll"]).exists()


register_kind(NoticeKind("poll.reminder", _("Reminder of a poll"), "vote", _reminder_words, still_true=_still_to_vote))
register_kind(NoticeKind("poll.outcome", _("What happens with a result"), "vote", _outcome_words))
register_kind(NoticeKind("poll.planned", _("A moment that was chosen"), "calendar-days", _planned_words))
register_kind(
    NoticeKind(
        "meeting.called",
        _("Call for a meeting"),
        "landmark",
        _meeting_words,
        optional=False,
        rows=_meetings,
    )
)


def _as_source(member, poll_id: int) -> Source | None:
    """A poll as that from which a task came."""
    poll = visible_polls(member).filter(pk=poll_id).first()
    return Source(poll.question, poll.get_absolute_url()) if poll else None


register_source("poll", _as_source)
