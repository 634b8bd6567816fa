"""What blocks show of other rooms, within the rights of who reads; asked when it is shown, never kept."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FILM_HOSTS = ("www.youtube.com", "youtube.com", "youtu.be", "vimeo.com", "video.edu.nl")


@dataclass(frozen=True, slots=True)
class ThingCard:
    """A line with a button that leads to the thing."""

    icon: str
    title: str
    note: str
    url: str
    button: str


def film_address(address: str) -> None:
    """Only sites with films that the association allows, over a safe connection."""
    parts = urlsplit(address)
    if parts.scheme != "https" or parts.hostname not in FILM_HOSTS:
        raise ValidationError(_("Films are shown from YouTube, Vimeo or video.edu.nl only."))


def find_card(code: str, member, pk: str) -> ThingCard | None:
    """The event, poll or pot, or None when this member may not see it (any more)."""
    return {"event": _event, "poll": _poll, "pot": _pot}[code](member, int(pk))


def _event(member, pk: int) -> ThingCard | None:
    from groups.events.access import visible_events
    from groups.events.words import when

    event = visible_events(member).filter(pk=pk, cancelled_at__isnull=True).first()
    return event and ThingCard(
        "calendar-days", event.title, when(event), event.get_absolute_url(), _("Are you coming?")
    )


def _poll(member, pk: int) -> ThingCard | None:
    from polls.access import visible_polls

    poll = visible_polls(member).filter(pk=pk).first()
    return poll and ThingCard("vote", poll.question, "", poll.get_absolute_url(), _("To the poll"))


def _pot(member, pk: int) -> ThingCard | None:
    from finance.pots.access import visible_pots

    pot = visible_pots(member).filter(pk=pk).first()
    return pot and ThingCard("piggy-bank", pot.name, pot.purpose[:160], pot.get_absolute_url(), _("To the pot"))


def event_choices() -> list:
    from groups.events.models import Event
    from groups.people.models import kept_from_somebody

    events = Event.objects.filter(ends_at__gt=timezone.now(), cancelled_at__isnull=True).order_by("starts_at")
    events = events.exclude(kept_from_somebody())
    return [
        (str(event.pk), f"{event.title} ({timezone.localdate(event.starts_at):%d-%m-%Y})") for event in events[:200]
    ]


def poll_choices() -> list:
    from polls.models import Poll

    return [(str(pk), question) for pk, question in Poll.objects.order_by("-pk").values_list("pk", "question")[:200]]


def pot_choices() -> list:
    from finance.pots.models import Pot
    from groups.people.models import kept_from_somebody

    pots = Pot.objects.exclude(status="closed").exclude(kept_from_somebody())
    return [(str(pk), name) for pk, name in pots.values_list("pk", "name")[:200]]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a newsletter, as on the page and in the mail."""

    title: str
    text: str
    url: str


def items_for(member, pages) -> list[Item]:
    """Those of the chosen pages that this member may read now, in the chosen order."""
    from community.pages.access import may_read_page

    found = []
    for page in pages:
        page = page.specific if page else None
        if page and page.live and may_read_page(member, page):
            text = getattr(page, "intro", "") or getattr(page, "excerpt", "")
            found.append(Item(page.title, text, page.get_url() or ""))
    return found
