"""The notices about fees, and when they no longer matter."""

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from finance.fees.models import Invoice, Part
from finance.money import format_cents
from groups.people.access import may_for_association
from notifications.kinds import GONE, NoticeKind, Words, register_kind
from theme.templatetags.theme import long_day


def money(cents: int) -> str:
    return format_cents(cents, get_language() or "nl")


def own_invoices(member):
    """Invoices that this member is told about, in the queries of the notices."""
    return Invoice.objects.filter(payer__member=member) | Invoice.objects.filter(payer__contact=member)


def _invoice(member, context) -> Invoice | None:
    found = own_invoices(member).select_related("payer")
    if "run" in context:
        return found.filter(run=context["run"], total_cents__gt=0).order_by("-pk").first()
    return found.filter(pk=context.get("invoice")).first()


def _is_open(member, context) -> bool:
    invoice = _invoice(member, context)
    return bool(invoice and invoice.open_cents > 0)


def _invoiced(member, context, count) -> Words:
    invoice = _invoice(member, context)
    if invoice is None:
        return GONE.words(member, context, count)
    details = {"amount": money(invoice.total_cents), "day": long_day(invoice.due_on), "number": invoice.number}
    return Words(
        title=_("Your membership fee: %(amount)s") % details,
        body=_("Invoice %(number)s is ready: %(amount)s. You can pay until %(day)s.") % details,
        path=invoice.get_absolute_url(),
        button=_("View and pay"),
    )


def _received(member, context, count) -> Words:
    invoice = _invoice(member, context)
    if invoice is None:
        return GONE.words(member, context, count)
    details = {"amount": money(context["cents"]), "number": invoice.number}
    return Words(
        title=_("Received: %(amount)s for your membership") % details,
        body=_("Thank you. Your payment of %(amount)s for invoice %(number)s is in.") % details,
        path=invoice.get_absolute_url(),
        button=_("View receipt"),
    )


def _held(member, context, count) -> Words:
    part = Part.objects.select_related("invoice__payer").filter(pk=context["part"]).first()
    if part is None:
        return GONE.words(member, context, count)
    details = {"amount": money(context["cents"]), "payer": part.invoice.payer.name, "number": part.invoice.number}
    return Words(
        title=_("%(amount)s for invoice %(number)s needs a decision") % details,
        body=_("%(amount)s of %(payer)s came in and could not simply be counted.") % details,
        path=reverse("bank-lines"),
        button=_("View"),
    )


def manages_fees(member, context) -> bool:
    return may_for_association(member, "manage_fees")


register_kind(
    NoticeKind("fee_invoice", gettext_lazy("Invoices for your membership"), "receipt", _invoiced, _is_open,
               optional=False)
)  # fmt: skip
register_kind(NoticeKind("fee_received", gettext_lazy("Receipts of your membership fee"), "receipt", _received))
register_kind(NoticeKind("fee_held", gettext_lazy("Fees that need a decision"), "circle-alert", _held, manages_fees))
