"""The notices about payments, and when they no longer matter."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from finance.bank.queries import bank_known_until
from finance.money import format_cents
from finance.pots.models import Expense, Handover, PaymentRequest, RequestEvent
from finance.pots.queries import is_underway
from finance.pots.services.instalments import due_cents
from finance.pots.tones import Tone
from notifications.kinds import NoticeKind, Words, register_kind, row_of
from theme.templatetags.theme import long_day


def _requests(member, contexts) -> list[PaymentRequest | None]:
    """The requests that notices are about: by id, or the member's own in a round of a pot."""
    by_id = Q(pk__in={context["request"] for context in contexts if "request" in context})
    own = Q(party__member=member, pot__in={context["pot"] for context in contexts if "round" in context})
    found = PaymentRequest.objects.filter(by_id | own).select_related("pot__subgroup", "party")
    by_id = {request.pk: request for request in found}
    by_round = {(each.pot_id, each.round): each for each in found if each.party.member_id == member.pk}
    return [
        by_round.get((context["pot"], context["round"])) if "round" in context else by_id.get(context.get("request"))
        for context in contexts
    ]


def _request(context, member) -> PaymentRequest | None:
    return row_of(_requests, member, context)


def _money(cents: int) -> str:
    return format_cents(cents, get_language() or "nl")


def _is_open(member, context) -> bool:
    """Asked at the moment of sending: a payment one second earlier stops the message."""
    request = _request(context, member)
    return bool(request and request.open_cents and request.party.member_id == member.pk and request.pot.takes_money)


def _may_remind(member, context) -> bool:
    """Not who is paying at this moment, nor who answered and has time till a day."""
    request = _request(context, member)
    if not _is_open(member, context) or (request.paused_until and request.paused_until >= timezone.localdate()):
        return False
    return not is_underway(request)


def _gone() -> Words:
    return Words(_("This payment request is no longer there."), "", reverse("payments"))


def _asked(member, context, count) -> Words:
    request = _request(context, member)
    if request is None:
        return _gone()
    details = {"pot": request.pot.name, "amount": _money(request.amount_cents), "day": long_day(request.due_on)}
    body = _("You are asked for %(amount)s for %(pot)s. You can pay until %(day)s.")
    if request.nature == PaymentRequest.Nature.FREE:
        body = _("You are asked for %(pot)s. You choose the amount; %(amount)s is a suggestion. Until %(day)s.")
    return Words(
        title=_("%(pot)s: %(amount)s") % details,
        body=body % details,
        path=request.get_absolute_url(),
        button=_("Pay"),
    )


# What a step says, per tone; the second sentence is for after the day.
REMINDERS = {
    Tone.FRIENDLY: (
        gettext_lazy("Hi %(name)s, for %(pot)s %(amount)s is still open. You can pay until %(day)s."),
        gettext_lazy("Hi %(name)s, for %(pot)s %(amount)s is still open. It was meant for %(day)s."),
    ),
    Tone.PLAIN: (
        gettext_lazy("%(amount)s for %(pot)s is open until %(day)s."),
        gettext_lazy("%(amount)s for %(pot)s was meant for %(day)s and is still open."),
    ),
    Tone.CLEAR: (
        gettext_lazy("%(name)s, %(pot)s counts on your %(amount)s. Please pay it by %(day)s."),
        gettext_lazy(
            "%(name)s, %(pot)s counts on your %(amount)s. It should have been there on %(day)s: please pay now."
        ),
    ),
}


def _reminder(member, context, count) -> Words:
    request = _request(context, member)
    if request is None:
        return _gone()
    details = {
        "name": member.first_name,
        "pot": request.pot.name,
        "amount": _money(due_cents(request)),
        "day": long_day(request.due_on),
        "chef": context.get("chef", ""),
    }
    is_after = context.get("days", 0) > 0
    sentences = REMINDERS.get(context.get("tone"), REMINDERS[Tone.FRIENDLY])
    ending = _("Already paid? Then you need not do anything.")
    if is_after and details["chef"]:
        ending += " " + _("Is it difficult? Talk to %(chef)s.")
    return Words(
        title=_("Reminder: %(pot)s, %(amount)s") % details,
        body=f"{sentences[is_after]} {ending}" % details,
        path=request.get_absolute_url(),
        button=_("Pay"),
    )


def _received(member, context, count) -> Words:
    request = _request(context, member)
    if request is None:
        return _gone()
    details = {"pot": request.pot.name, "amount": _money(context["cents"])}
    return Words(
        title=_("Received: %(amount)s for %(pot)s") % details,
        body=_("Thank you. Your payment of %(amount)s for %(pot)s is in.") % details,
        path=request.get_absolute_url(),
        button=_("View receipt"),
    )


def _held(member, context, count) -> Words:
    request = _request(context, member)
    if request is None:
        return _gone()
    details = {"pot": request.pot.name, "amount": _money(context["cents"]), "payer": request.party.display_name}
    return Words(
        title=_("%(pot)s: %(amount)s needs a decision") % details,
        body=_("%(amount)s of %(payer)s came in and could not simply be counted. The treasurer can move it.") % details,
        path=request.pot.get_absolute_url(),
        button=_("View pot"),
    )


def _claimed(member, context, count) -> Words:
    expense = Expense.objects.select_related("pot").filter(pk=context["expense"]).first()
    if expense is None:
        return _gone()
    details = {"name": expense.claimed_by_label, "amount": _money(expense.cents), "purpose": expense.purpose}
    return Words(
        title=_("%(name)s: %(amount)s for %(purpose)s") % details,
        body=_("%(name)s asks for %(amount)s back. Look at the receipt and approve it, or not.") % details,
        path=reverse("expense", args=[expense.pk]),
        button=_("View"),
    )


def _answered(member, context, count) -> Words:
    event = RequestEvent.objects.select_related("request__pot", "request__party").filter(pk=context["event"]).first()
    if event is None:
        return _gone()
    details = {"name": event.request.party.display_name, "pot": event.request.pot.name}
    said = event.get_answer_display() if event.answer else _("This receipt is not right")
    return Words(
        title=_("%(name)s about %(pot)s") % details,
        body=f"“{said}” {event.text}".strip(),
        path=event.request.get_absolute_url(),
        button=_("View"),
    )


def _stale(member, context, count) -> Words:
    return Words(
        title=_("Import the newest bank file"),
        body=_("Payments are late according to what we know, but the bank may know better. So nobody is reminded yet."),
        path=reverse("bank-import"),
        button=_("Import bank file"),
    )


def _still_stale(member, context) -> bool:
    known = bank_known_until()
    return known is None or known.isoformat() == context["known_until"]


def _offered(member, context, count) -> Words:
    handover = Handover.objects.select_related("pot").filter(pk=context["handover"]).first()
    if handover is None:
        return _gone()
    details = {"name": handover.from_label, "pot": handover.pot.name}
    return Words(
        title=_("Will you take over %(pot)s?") % details,
        body=_("%(name)s asks you to become the pot treasurer of %(pot)s.") % details,
        path=reverse("handover", args=[handover.pk]),
        button=_("View"),
    )


ASKED = register_kind(
    NoticeKind(
        "payment_request",
        gettext_lazy("Payment requests"),
        "hand-coins",
        _asked,
        _is_open,
        optional=False,
        rows=_requests,
    )
)
REMINDER = register_kind(
    NoticeKind(
        "payment_reminder", gettext_lazy("Payment reminders"), "hand-coins", _reminder, _may_remind, optional=False
    )
)
RECEIVED = register_kind(
    NoticeKind("payment_received", gettext_lazy("Receipts of payments"), "receipt", _received, rows=_requests)
)
HELD = register_kind(NoticeKind("payment_held", gettext_lazy("Payments that need a decision"), "circle-alert", _held))
CLAIMED = register_kind(NoticeKind("expense_claimed", gettext_lazy("Expenses to approve"), "receipt", _claimed))
ANSWERED = register_kind(NoticeKind("payment_answer", gettext_lazy("Answers to payment requests"), "reply", _answered))
OFFERED = register_kind(NoticeKind("pot_offered", gettext_lazy("Pots offered to you"), "handshake", _offered))
STALE = register_kind(NoticeKind("bank_stale", gettext_lazy("Bank files to import"), "landmark", _stale, _still_stale))
