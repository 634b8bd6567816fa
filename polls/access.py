"""Who may know of a poll, start one, run it, and read its figures."""

import hashlib

from django.db.models import Exists, OuterRef, Q

from groups.people.access import belongs, may_for_association
from groups.people.models import Enrolment, Member, MembershipKind
from groups.subgroups.access import (
    belonging_ids,
    entered_ids,
    entered_subgroups,
    managed_subgroups,
    may,
    may_manage,
    past_ids,
    with_module,
)
from polls.models import AgendaItem, Decision, Elector, Meeting, Poll, Proxy, SurveyLink, Suspension, Teller

HIDDEN_STATES = (Poll.State.DRAFT, Poll.State.PLANNED)


def visible_polls(member):
    """Polls this member may know exist: of the own subgroups and the association; all of them for the board.

    A poll that has not opened is seen by who prepares it only.
    """
    return _polls_within_reach(member).filter(~Q(state__in=HIDDEN_STATES) | Q(pk__in=_prepared_by(member)))


def _polls_within_reach(member):
    if may_for_association(member, "see_results"):
        return Poll.objects.all()
    mine = in_subgroups(belonging_ids(member, "polls")) | in_subgroups(past_ids(member, "polls"))
    reach = mine | Q(pk__in=Teller.objects.filter(member=member.pk).values("poll"))
    return Poll.objects.filter(reach | Q(subgroup=None) if belongs(member) else reach)


def in_subgroups(subgroups) -> Q:
    """Polls of these subgroups, also those held in several of which this is one."""
    shared = Poll.also_in.through.objects.filter(subgroup__in=subgroups)
    return Q(subgroup__in=subgroups) | Q(pk__in=shared.values("poll"))


def in_subgroup(subgroup) -> Q:
    """Polls of this subgroup, and those it is asked together with others."""
    return Q(subgroup=subgroup) | Q(pk__in=Poll.also_in.through.objects.filter(subgroup=subgroup).values("poll"))


def _prepared_by(member):
    preparing = Q(created_by=member.pk) | Q(subgroup__in=managed_subgroups(member)) | Q(tellers__member=member.pk)
    if may_for_association(member, "announce"):
        preparing |= Q(subgroup=None)
    return Poll.objects.filter(preparing).values("pk")


def polls_to_vote(member):
    """Running polls in which the member has a right to vote and has not used it; the nearest closing first."""
    mine = Elector.objects.to_vote().filter(poll=OuterRef("pk"), member_id=member.pk)
    return visible_polls(member).running().filter(Exists(mine)).order_by("closes_at", "pk")


def polls_without_outcome(member):
    """Counted polls of which nobody has said what happens now, for who has to: maker, manager of the group, board."""
    lead = managed_subgroups(member).filter(pk__in=entered_ids(member))
    mine = Q(created_by=member.pk) | Q(subgroup__in=lead)
    if may_for_association(member, "announce"):
        mine |= Q(subgroup=None)
    counted = visible_polls(member).filter(mine, state__in=[Poll.State.COUNTED, Poll.State.PUBLISHED])
    return counted.filter(outcome=None, event=None).order_by("closes_at", "pk")


def is_teller(member, poll) -> bool:
    return poll.tellers.filter(member_id=member.pk).exists()


def may_start_poll(member, subgroup) -> bool:
    """`subgroup` None is a poll for the whole association."""
    if subgroup is None:
        return may_for_association(member, "announce")
    return may(member, "start_poll", subgroup)


def subgroups_to_ask(member, subgroup):
    """Other subgroups in which this member may start polls too, so that one poll can ask several at once."""
    others = with_module(entered_subgroups(member), "polls").exclude(pk=subgroup.pk)
    allowed = [other.pk for other in others if may(member, "start_poll", other)]
    return others.filter(pk__in=allowed)


def membership_kinds():
    """The kinds of membership there are, in their order; everybody may know them."""
    return MembershipKind.objects.all()


def may_run(member, poll) -> bool:
    """Who may open, close and void the poll: its maker, the subgroup's managers, the board for the association's."""
    if poll.subgroup is None:
        return may_for_association(member, "announce")
    return (poll.created_by_id == member.pk and may(member, "enter", poll.subgroup)) or may_manage(
        member, poll.subgroup
    )


def may_see_figures(member, poll) -> bool:
    """Who may open the page with turnout and downloads: the board, and who runs the poll."""
    return may_for_association(member, "see_results") or may_run(member, poll)


def may_run_meetings(member) -> bool:
    """The board and community managers prepare and lead general meetings."""
    return may_for_association(member, "announce")


def visible_meetings(member):
    """Meetings that were called, for everybody who belongs; those in preparation for who prepares them."""
    if may_run_meetings(member):
        return Meeting.objects.all()
    return Meeting.objects.filter(called_at__isnull=False) if belongs(member) else Meeting.objects.none()


def repeating_items(member, poll):
    """Points of called meetings under which this vote, which missed its quorum, is taken again."""
    called = visible_meetings(member).filter(called_at__isnull=False, closed_at=None)
    return AgendaItem.objects.filter(repeats=poll, meeting__in=called)


def visible_decisions(member):
    return Decision.objects.filter(poll__in=visible_polls(member))


def possible_holders(member):
    """Members to whom a proxy can be given: everybody with a vote but the giver."""
    voting = Enrolment.objects.on().filter(kind__may_vote=True)
    suspended = Suspension.objects.on().values("member")
    holders = Member.objects.filter(is_active=True, pk__in=voting.values("member"))
    return holders.exclude(pk__in=suspended).exclude(pk=member.pk)


def meeting_proxies(member, meeting):
    """Standing proxies that this member may see: the own ones; all of them for who leads the meeting."""
    standing = meeting.proxies.standing()
    if may_run_meetings(member):
        return standing
    return standing.filter(Q(giver=member) | Q(holder=member))


def instruction_for(member, poll, elector) -> str:
    """How the giver of a proxy wants this holder to vote; nobody else reads it."""
    mine = Proxy.objects.standing().filter(holder=member, giver=elector.member_id, meeting__items__polls=poll)
    return mine.values_list("instruction", flat=True).first() or ""


def represented_by(member, poll):
    """Electors for whom this member holds a proxy in the poll."""
    return Elector.objects.filter(poll=poll, represented_by=member).select_related("member")


def elector_of_link(token: str):
    """The place on the list of voters that a one-time link stands for, or None."""
    link = SurveyLink.objects.filter(token_hash=hashlib.sha256(token.encode()).hexdigest()).first()
    return Elector.objects.select_related("poll__subgroup").get(pk=link.elector_id) if link else None


def visible_suspensions(member):
    """Who may not vote for a time: for who prepares meetings."""
    return Suspension.objects.select_related("member") if may_run_meetings(member) else Suspension.objects.none()


def electors_to_bar(poll):
    """Members on the list of voters who have not lost their right to vote."""
    standing = Elector.objects.filter(poll=poll, barred_at__isnull=True, member__isnull=False)
    return Member.objects.filter(pk__in=standing.values("member"))


def barred_electors(member, poll):
    """Who lost the right to vote while the poll was open, for who runs it."""
    barred = Elector.objects.filter(poll=poll, barred_at__isnull=False).select_related("member", "barred_by")
    return barred if may_run(member, poll) else barred.none()
