"""What waits for a decision in rooms that know no desk: applications, reports, expenses, requests about privacy.

Each is asked from state, so deciding takes the card away from the desk and from the list of tasks.
"""

from datetime import datetime, time

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from community.privacy.access import visible_requests
from finance.money import format_cents
from finance.pots.access import active_roles, may_approve
from finance.pots.models import Expense
from groups.moderation.access import open_reports
from groups.people.access import may_for_association, open_applications
from notifications.cards import Card, card_registry
from theme.templatetags.theme import day

MOST = 20


@card_registry.when(open_applications, for_desk=True)
def applications_to_decide(member) -> list[Card]:
    waiting = list(open_applications(member).order_by("confirmed_at").values_list("pk", flat=True)[:MOST])
    detail = ngettext("%(n)d person wants to become a member", "%(n)d people want to become a member", len(waiting))
    path = reverse("applications") if len(waiting) > 1 else ""
    return _one(waiting, "applications", _("Applications"), detail, path or _first("application", waiting), "user-plus")


@card_registry.when(open_reports, for_desk=True)
def reports_to_judge(member) -> list[Card]:
    waiting = list(open_reports(member).order_by("pk").values_list("pk", flat=True)[:MOST])
    detail = ngettext("%(n)d report to judge", "%(n)d reports to judge", len(waiting))
    path = reverse("reports") if len(waiting) > 1 else ""
    return _one(waiting, "reports", _("Reports"), detail, path or _first("report", waiting), "flag", hue="rose")


def _first(url_name: str, waiting: list[int]) -> str:
    return reverse(url_name, args=waiting[:1]) if waiting else ""


def _one(waiting: list, key: str, title: str, detail: str, path: str, icon: str, hue: str = "slate") -> list[Card]:
    """One card for all that wait, none when nothing does."""
    if not waiting:
        return []
    text = detail % {"n": len(waiting)}
    return [Card(key, title, text, path, _("Look"), icon, hue=hue, for_desk=True)]


def _open_requests(member):
    return visible_requests(member).filter(closed_at__isnull=True)


@card_registry.when(_open_requests, for_desk=True)
def privacy_requests(member) -> list[Card]:
    return [
        Card(
            key=f"privacy-request:{request.pk}",
            title=request.get_kind_display().capitalize(),
            detail=_("Answer before %(day)s") % {"day": day(request.due_on)},
            path=reverse("privacy-request", args=[request.pk]),
            button=_("Answer"),
            icon="shield-check",
            due_at=timezone.make_aware(datetime.combine(request.due_on, time.max)),
            for_desk=True,
        )
        for request in _open_requests(member)[:MOST]
    ]


def _expenses(member):
    """Expenses that still need a yes this member may give: never one's own, never a second time."""
    waiting = Expense.objects.filter(refused_at__isnull=True, paid_cents=0).exclude(claimed_by=member)
    if not may_for_association(member, "book"):
        waiting = waiting.filter(pot__in=active_roles(member).values("pot"))
    return waiting.exclude(approvals__member=member)


@card_registry.when(_expenses)
def expenses_to_approve(member) -> list[Card]:
    waiting = _expenses(member).annotate(given=Count("approvals")).select_related("pot__subgroup")
    return [
        _expense_card(expense)
        for expense in waiting.order_by("claimed_at")[:MOST]
        if expense.given < expense.needed and may_approve(member, expense.pot)
    ]


def _expense_card(expense) -> Card:
    amount = format_cents(expense.cents, get_language() or "nl")
    return Card(
        key=f"expense:{expense.pk}",
        title=expense.purpose,
        detail=_("%(name)s asks %(amount)s back") % {"name": expense.claimed_by_label, "amount": amount},
        path=reverse("expense", args=[expense.pk]),
        button=_("Look"),
        icon="receipt",
        hue="amber",
    )
