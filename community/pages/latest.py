"""How the latest announcement arrived and what is to come, in a few lines for the desk."""

from dataclasses import dataclass

from django.core.cache import cache

from community.pages.access import may_announce, writable_announcements
from community.pages.models import AnnouncementPage
from community.pages.queries import Reach, desk_lists, reach_report
from notifications.models import Channel, Delivery

FRESH = 60  # seconds; counting 51,200 people is for a look now and then, the report itself counts each time
SHOWN = 3


@dataclass(frozen=True, slots=True)
class LatestReach:
    """`mails` are those that went out, without those that came back: `reach.bounced`."""

    announcement: AnnouncementPage
    reach: Reach
    mails: int


def latest_reach(member) -> LatestReach | None:
    """The newest announcement within reach of this member's role that was sent, and how it arrived."""
    if not may_announce(member):
        return None
    latest = (
        writable_announcements(member)
        .live()
        .filter(broadcasts__number=0)
        .order_by("-first_published_at", "-pk")
        .first()
    )
    if latest is None:
        return None
    return cache.get_or_set(f"latest-reach:{latest.pk}", lambda: _counted(latest), FRESH)


def _counted(announcement) -> LatestReach:
    sent = Delivery.objects.filter(key=announcement.key, channel=Channel.MAIL, state=Delivery.State.SENT)
    return LatestReach(announcement, reach_report(announcement), sent.values("member").distinct().count())


def planned_next(member):
    """What this member planned or may change, soonest first."""
    if not may_announce(member):
        return []
    return desk_lists(writable_announcements(member)).planned[:SHOWN]
