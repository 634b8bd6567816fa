"""Open payment requests under “For you”, what waits for the treasurer, and the pot beside the talk of a group."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finance.bank.queries import lines_to_match
from finance.money import format_cents
from finance.pots.access import my_requests, visible_pots
from finance.pots.models import Pot
from finance.pots.queries import payers, pot_total
from groups.people.access import may_for_association
from groups.subgroups.access import is_member
from groups.subgroups.pages import SideCard, side_card_registry
from notifications.cards import Card, card_registry
from theme.templatetags.theme import day


@card_registry
def open_requests(member) -> list[Card]:
    return [_card(request) for request in my_requests(member).open().filter(pot__status__in=["open", "paused"])]


def _card(request) -> Card:
    details = {"amount": format_cents(request.open_cents, get_language() or "nl"), "day": day(request.due_on)}
    return Card(
        key=f"payment:{request.pk}",
        title=request.pot.name,
        detail=(_("%(amount)s · was due %(day)s") if request.is_late else _("%(amount)s · by %(day)s")) % details,
        path=request.get_absolute_url(),
        button=_("Pay"),
        icon="hand-coins",
        hue="amber",
        due_at=datetime.combine(request.due_on, time(23, 59), ZoneInfo("Europe/Amsterdam")),
        is_primary=True,
    )


@card_registry.desk
def payments_to_match(member) -> list[Card]:
    if not may_for_association(member, "import_bank"):
        return []
    waiting = lines_to_match().filter(cents__gt=0).count()
    if not waiting:
        return []
    return [
        Card(
            key="bank:to-match",
            title=_("Payments to match"),
            detail=ngettext("%(count)d payment without a request", "%(count)d payments without a request", waiting)
            % {"count": waiting},
            path=reverse("bank-lines"),
            button=_("Match"),
            icon="landmark",
            hue="amber",
            for_desk=True,
        )
    ]


@side_card_registry
def pot_card(request, subgroup) -> SideCard | None:
    """The pot to think of first: where the member still has to pay, else the newest that is open."""
    if not subgroup.has_module("pot") or not is_member(request.user, subgroup):
        return None
    mine = (
        my_requests(request.user).open().filter(pot__in=_open_pots(request.user, subgroup)).order_by("due_on").first()
    )
    pot = mine.pot if mine else _open_pots(request.user, subgroup).select_related("subgroup").order_by("-pk").first()
    if pot is None:
        return None
    values = {"pot": pot, "total": pot_total(pot), "payers": payers(pot), "mine": mine}
    return SideCard("pots/side_card.html", 10, values)


def _open_pots(member, subgroup):
    return visible_pots(member).filter(subgroup=subgroup, status=Pot.Status.OPEN)
