"""Who may vote: the list that is drawn up at opening, votes per kind of membership, and who loses the right."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from groups.people.access import born_after, enrolled_members
from groups.people.audit import record
from groups.people.models import Enrolment, Member
from groups.subgroups.models import Membership, Subgroup
from polls.errors import NotOnTheList, PollClosed
from polls.models import Elector, Poll, Suspension
from polls.services.locks import hold_poll

# A random key in each database's own words: 51,200 electors are written by one statement inside the database.
RANDOM_KEY = {"sqlite": "random() & 4611686018427387903", "postgresql": "(random() * 4611686018427387903)::bigint + 1"}


def members_with_a_vote():
    """Members whose present kind of membership carries the right to vote and who are not suspended.

    What they have paid plays no part.
    """
    voting = Enrolment.objects.on().filter(kind__may_vote=True)
    suspended = Suspension.objects.on()
    return enrolled_members().filter(pk__in=voting.values("member")).exclude(pk__in=suspended.values("member"))


def electorate(poll: Poll):
    """The members who are asked when the poll opens now."""
    if poll.item_id:
        members = members_with_a_vote()
    elif poll.subgroup is None:
        members = enrolled_members().exclude(pk__in=Suspension.objects.on().values("member"))
    else:
        members = Member.objects.filter(pk__in=_places(poll).values("member"), is_active=True)
    if poll.rules.kinds:
        members = members.filter(pk__in=Enrolment.objects.on().filter(kind__in=poll.rules.kinds).values("member"))
    if poll.rules.from_age:
        members = members.exclude(pk__in=too_young(poll, timezone.localdate()).values("pk"))
    return _since(poll, members)


def too_young(poll: Poll, opened_on: date):
    """Members known to be younger than the poll asks, on the record date or on the day that it opened."""
    day = date.fromisoformat(poll.rules.record_on) if poll.rules.record_on else opened_on
    last_day = 28 if (day.month, day.day) == (2, 29) else day.day
    return born_after(day.replace(year=day.year - poll.rules.from_age, day=last_day))


def _places(poll: Poll):
    asked = Subgroup.objects.filter(Q(pk=poll.subgroup_id) | Q(pk__in=poll.also_in.values("pk")))
    return Membership.objects.active().filter(subgroup__in=asked)


def _since(poll: Poll, members):
    """Of these members, those who already belonged on the record date: to the association, or to the group."""
    if not poll.rules.record_on:
        return members
    day = date.fromisoformat(poll.rules.record_on)
    if poll.subgroup:
        return members.filter(pk__in=_places(poll).filter(joined_at__date__lte=day).values("member"))
    enrolled = Enrolment.objects.on(day)
    if poll.item_id:
        enrolled = enrolled.filter(kind__may_vote=True)
    return members.filter(pk__in=enrolled.values("member"))


def write_electors(poll: Poll) -> int:
    """Draw up the list of voters with their weights; returns how many. The caller is opening the poll."""
    members, values = electorate(poll).order_by().values("pk").query.sql_with_params()
    columns = "id, poll_id, member_id, weight, voted, barred_reason"
    key = RANDOM_KEY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH listed (id) AS ({members}) INSERT INTO polls_elector ({columns})"
            f" SELECT {key}, %s, listed.id, 1, %s, '' FROM listed",
            [*values, poll.pk, False],
        )
    for kind, votes in poll.rules.weights.items():
        of_kind = Enrolment.objects.on().filter(kind=int(kind))
        Elector.objects.filter(poll=poll, member__in=of_kind.values("member")).update(weight=votes)
    return Elector.objects.filter(poll=poll).count()  # SQLite does not tell how many rows such a statement wrote


@transaction.atomic
def bar_elector(*, poll: Poll, member: Member, by, reason: str) -> Elector:
    """Take away the right to vote in a poll that is open, by a decision with a reason. A vote already cast stays.

    Raises PollClosed, NotOnTheList.
    """
    poll = hold_poll(poll.pk)
    if not poll.is_running:
        raise PollClosed
    elector = Elector.objects.filter(poll=poll, member=member).first()
    if elector is None:
        raise NotOnTheList
    if elector.barred_at is None:
        elector.barred_at, elector.barred_by, elector.barred_reason = timezone.now(), by, reason.strip()
        elector.save(update_fields=["barred_at", "barred_by", "barred_reason"])
        record(by=by, act="poll.elector_barred", about=poll, details={"member": member.pk})
    return elector


@transaction.atomic
def suspend(*, member: Member, by, reason: str, starts_on: date, ends_on: date | None) -> Suspension:
    """Suspend a member's right to vote in polls of the association and at meetings that open from `starts_on` on."""
    suspension = Suspension.objects.create(
        member=member, reason=reason.strip(), decided_by=by, starts_on=starts_on, ends_on=ends_on
    )
    record(
        by=by, act="member.vote_suspended", about=member, details={"from": f"{starts_on}", "until": f"{ends_on or ''}"}
    )
    return suspension


@transaction.atomic
def end_suspension(*, suspension: Suspension, by) -> None:
    """End it as of today; one that has not begun is taken away."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if suspension.starts_on > yesterday:
        suspension.delete()
    else:
        suspension.ends_on = yesterday
        suspension.save(update_fields=["ends_on"])
    record(by=by, act="member.vote_suspension_ended", about=suspension.member)
