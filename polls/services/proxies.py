"""Proxies: given by one member, accepted by another, for one meeting."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.people.audit import record
from polls.errors import HolderIsFull, NoInstructions, NoProxies, NoProxyChains, NoRightToVote, ProxyTooLate
from polls.models import Elector, Meeting, Poll, Proxy
from polls.services.electorate import members_with_a_vote
from polls.services.locks import hold_poll
from polls.services.meetings import hold_meeting


@transaction.atomic
def give_proxy(*, meeting: Meeting, giver, holder, instruction: str = "") -> Proxy:
    """`giver` lets `holder` vote at this meeting; a proxy given before is withdrawn.

    An `instruction` binds between the two of them, where the statutes allow one; the vote itself is the holder's act.
    The cap is counted under the meeting's lock, so that two givers cannot both take the last place.
    Raises NoProxies, NoInstructions, ProxyTooLate, NoRightToVote, NoProxyChains, HolderIsFull.
    """
    meeting = hold_meeting(meeting.pk)
    _check_rules(meeting)
    if instruction and not meeting.rules.get("proxies_with_instruction"):
        raise NoInstructions
    if members_with_a_vote().filter(pk__in=[giver.pk, holder.pk]).count() != 2:
        raise NoRightToVote
    standing = meeting.proxies.standing()
    if standing.filter(holder=giver).exists() or standing.filter(giver=holder).exists():
        raise NoProxyChains
    if standing.filter(holder=holder).exclude(giver=giver).count() >= meeting.rules["proxies_per_holder"]:
        raise HolderIsFull
    for earlier in standing.filter(giver=giver):
        Proxy.objects.filter(pk=earlier.pk).update(withdrawn_at=timezone.now())
        _follow(earlier, None)
    proxy = meeting.proxies.create(giver=giver, holder=holder, instruction=instruction.strip())
    record(by=giver, act="proxy.given", about=proxy)
    return proxy


def _check_rules(meeting: Meeting) -> None:
    if not meeting.called_at or not meeting.rules["proxies_per_holder"]:
        raise NoProxies
    if timezone.now() > proxy_deadline(meeting):
        raise ProxyTooLate


def proxy_deadline(meeting: Meeting):
    return meeting.held_at - timedelta(hours=meeting.rules["proxy_hours"])


@transaction.atomic
def accept_proxy(*, proxy: Proxy, by) -> Proxy:
    """The holder takes the proxy on; without this it gives no vote. Accepting again changes nothing."""
    hold_meeting(proxy.meeting_id)
    if proxy.accepted_at is None:
        proxy.accepted_at = timezone.now()
        proxy.save(update_fields=["accepted_at"])
        _follow(proxy, proxy.holder_id)
        record(by=by, act="proxy.accepted", about=proxy)
    return proxy


@transaction.atomic
def withdraw_proxy(*, proxy: Proxy, by) -> Proxy:
    """The giver takes the proxy back, up to the deadline. Raises ProxyTooLate."""
    meeting = hold_meeting(proxy.meeting_id)
    if timezone.now() > proxy_deadline(meeting):
        raise ProxyTooLate
    if Proxy.objects.filter(pk=proxy.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        _follow(proxy, None)
    record(by=by, act="proxy.withdrawn", about=proxy)
    return proxy


def _follow(proxy: Proxy, holder_id: int | None) -> None:
    """In votes of the meeting that are open already, let this holder, or nobody, vote for the giver from now on.

    A vote that was cast stays, whoever cast it; whoever may vote now can change it where votes may be changed.
    """
    for poll_id in Poll.objects.running().filter(item__meeting=proxy.meeting_id).values_list("pk", flat=True):
        poll = hold_poll(poll_id)
        Elector.objects.filter(poll=poll, member_id=proxy.giver_id).update(represented_by_id=holder_id)


def hand_over(poll) -> None:
    """At opening, write into the electors of a meeting's poll who may vote for them."""
    for proxy in poll.item.meeting.proxies.standing().filter(accepted_at__isnull=False):
        Elector.objects.filter(poll=poll, member_id=proxy.giver_id).update(represented_by_id=proxy.holder_id)
