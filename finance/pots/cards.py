"""Open payment requests under “For you”, what waits for the treasurer, and the pot beside the talk of a group."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finance.bank.queries import lines_to_match
from finance.money import format_cents
from finance.pots.access import my_requests, requests_to_pay, shown_pots, visible_pots
from finance.pots.models import Pot
from finance.pots.queries import pot_totals, totals_read, with_totals
from groups.people.access import may_for_association
from groups.subgroups.access import is_member
from groups.subgroups.pages import SideCard, frame_question_registry, front_card_registry, side_card_registry
from notifications.cards import Card, card_registry
from theme.kept import Asked, kept_rows
from theme.templatetags.theme import day
from theme.together import together


@card_registry
def open_requests(member) -> list[Card]:
    return [_card(request) for request in kept_rows(requests_to_pay, member)]


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


POT_SHOWN = ("name", "goal_cents", "deadline", "version", "visibility", "closed_at")
ITS_TOTALS = ("collected_cents", "asked", "paid", "left_cents", "own_reference", "own_cents")


@frame_question_registry
def pot_to_think_of(questions, member, subgroup) -> None:
    if subgroup.has_module("pot") and is_member(member, subgroup):
        questions.first("pot", Asked(_pots_to_think_of, member, subgroup), *POT_SHOWN, *ITS_TOTALS, limit=1)


def _pots_to_think_of(member, subgroup):
    """The pot to think of first: where the member still has to pay, else the newest that is open."""
    mine = my_requests(member).open().filter(pot=OuterRef("pk")).order_by("due_on", "pk")
    pots = visible_pots(member).filter(subgroup=subgroup, status=Pot.Status.OPEN)
    return (
        with_totals(pots)
        .annotate(
            own_due_on=Subquery(mine.values("due_on")[:1]),
            own_reference=Subquery(mine.values("reference")[:1]),
            own_cents=Subquery(mine.values(cents=F("amount_cents") - F("paid_cents"))[:1]),
        )
        .order_by(F("own_due_on").asc(nulls_last=True), "-pk")
    )


@side_card_registry
def pot_card(request, subgroup) -> SideCard | None:
    questions = together(request)
    if "pot" not in questions or not questions["pot"]:
        return None
    pot = questions["pot"][0]
    pot.subgroup = subgroup
    total, paid = totals_read(pot)
    return SideCard("pots/side_card.html", 10, {"pot": pot, "total": total, "payers": paid})


@front_card_registry
def pots_of_a_branch(request, subgroup) -> SideCard | None:
    """The public line of each pot; only who may open the pot itself gets a link to it."""
    pots = list(shown_pots(subgroup)) if subgroup.has_module("pot") else []
    totals, opens = pot_totals(pots), is_member(request.user, subgroup)
    rows = [(pot, totals[pot.pk]) for pot in pots]
    return SideCard("pots/branch_pots.html", 20, {"rows": rows, "opens": opens}) if rows else None
