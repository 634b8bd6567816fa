"""The notices about what changes: money that goes back or is taken back, more time, another purpose."""

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from finance.money import format_cents
from finance.pots.models import PaymentRequest, Pot, PurposeChange
from notifications.kinds import NoticeKind, Words, register_kind
from theme.templatetags.theme import long_day


def _money(cents: int) -> str:
    return format_cents(cents, get_language() or "nl")


def _gone() -> Words:
    return Words(_("This is no longer there."), "", reverse("pots"))


def _request(context) -> PaymentRequest | None:
    return PaymentRequest.objects.select_related("pot", "party").filter(pk=context["request"]).first()


def _reopened(member, context, count) -> Words:
    request = _request(context)
    if request is None:
        return _gone()
    details = {"amount": _money(context["cents"]), "pot": request.pot.name}
    return Words(
        title=_("%(pot)s: %(amount)s is open again") % details,
        body=_("Your bank took your payment for %(pot)s back. Did you not mean that? You can pay again.") % details,
        path=request.get_absolute_url(),
        button=_("View"),
    )


def _charged_back(member, context, count) -> Words:
    request = _request(context)
    if request is None:
        return _gone()
    details = {"payer": request.party.display_name, "pot": request.pot.name}
    return Words(
        title=_("A payment for %(pot)s was taken back") % details,
        body=_("The bank of %(payer)s took a payment back. The request is open again.") % details,
        path=request.get_absolute_url(),
        button=_("View"),
    )


def _returned(member, context, count) -> Words:
    pot = Pot.objects.filter(pk=context["pot"]).first()
    if pot is None:
        return _gone()
    details = {"amount": _money(context["cents"]), "pot": pot.name}
    return Words(
        title=_("%(amount)s of %(pot)s goes back to you") % details,
        body=_("%(amount)s of %(pot)s goes back to you. You need not do anything.") % details,
        path=reverse("payments"),
        button=_("View"),
    )


def _extended(member, context, count) -> Words:
    pot = Pot.objects.filter(pk=context["pot"]).first()
    if pot is None or pot.deadline is None:
        return _gone()
    details = {"pot": pot.name, "day": long_day(pot.deadline)}
    return Words(
        title=_("%(pot)s: you have until %(day)s") % details,
        body=_("There is more time to pay for %(pot)s: until %(day)s.") % details,
        path=pot.get_absolute_url(),
        button=_("View pot"),
    )


def _purpose(member, context, count) -> Words:
    change = PurposeChange.objects.select_related("pot").filter(pk=context["change"]).first()
    if change is None:
        return _gone()
    details = {"pot": change.pot.name, "purpose": change.purpose, "day": long_day(change.answer_by)}
    return Words(
        title=_("%(pot)s: may your money be used for something else?") % details,
        body=_("The new purpose: %(purpose)s Answer before %(day)s. Without a yes your money goes back to you.")
        % details,
        path=change.pot.get_absolute_url(),
        button=_("Answer"),
    )


def _asks_still(member, context) -> bool:
    waiting = PurposeChange.objects.filter(pk=context["change"], decided_at__isnull=True)
    return waiting.filter(answers__party__member=member, answers__agrees__isnull=True).exists()


REOPENED = register_kind(
    NoticeKind(
        "payment_reopened", gettext_lazy("Payments that your bank took back"), "circle-alert", _reopened, optional=False
    )
)
CHARGED_BACK = register_kind(
    NoticeKind("payment_charged_back", gettext_lazy("Payments that were taken back"), "circle-alert", _charged_back)
)
RETURNED = register_kind(
    NoticeKind("payment_returned", gettext_lazy("Money that goes back to you"), "undo-2", _returned, optional=False)
)
EXTENDED = register_kind(NoticeKind("pot_extended", gettext_lazy("More time to pay"), "calendar-days", _extended))
PURPOSE = register_kind(
    NoticeKind(
        "pot_purpose", gettext_lazy("Another purpose of a pot"), "circle-help", _purpose, _asks_still, optional=False
    )
)
