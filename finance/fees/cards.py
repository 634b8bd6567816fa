"""Open fees under “For you”, and what waits for the treasurer on the desk."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finance.fees.access import own_payers, visible_arrangements
from finance.fees.models import Part
from finance.money import format_cents
from notifications.cards import Card, card_registry
from theme.templatetags.theme import day


def open_parts(member):
    return Part.objects.open().filter(invoice__payer__in=own_payers(member))


@card_registry.when(open_parts)
def open_fees(member) -> list[Card]:
    parts = open_parts(member).select_related("invoice")
    return [_card(part) for part in parts.order_by("due_on", "pk")[:3]]


def _card(part) -> Card:
    details = {"amount": format_cents(part.open_cents, get_language() or "nl"), "day": day(part.due_on)}
    return Card(
        key=f"fee:{part.pk}",
        title=_("Membership fee"),
        detail=(_("%(amount)s · was due %(day)s") if part.is_late else _("%(amount)s · by %(day)s")) % details,
        path=part.invoice.get_absolute_url(),
        button=_("Pay"),
        icon="receipt",
        hue="amber",
        due_at=datetime.combine(part.due_on, time(23, 59), ZoneInfo("Europe/Amsterdam")),
        is_primary=True,
    )


def waiting_arrangements(member):
    return visible_arrangements(member).filter(answered_at__isnull=True)


@card_registry.when(waiting_arrangements, for_desk=True)
def asked_arrangements(member) -> list[Card]:
    waiting = waiting_arrangements(member).count()
    return [
        Card(
            key="fees:asked",
            title=_("Questions about fees"),
            detail=ngettext("%(count)d member waits for your answer", "%(count)d members wait for your answer", waiting)
            % {"count": waiting},
            path=reverse("fees-office"),
            button=_("Answer"),
            icon="reply",
            hue="amber",
            for_desk=True,
        )
    ]
