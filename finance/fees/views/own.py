"""My fees: what I owe and why, how I pay, and stopping."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.bank.qr import epc_payload, epc_svg
from finance.bank.queries import main_account
from finance.fees.access import (
    manages_fees,
    may_approve,
    own_enrolments,
    own_invoices,
    own_mandates,
    own_payers,
    own_stops,
    sees_fees,
    visible_invoices,
)
from finance.fees.forms import ArrangementForm, CashForm, PartsForm, ReasonForm, StopForm
from finance.fees.paper import describe
from finance.fees.queries import fee_outlook, invoice_payments
from finance.fees.services import (
    ask_arrangement,
    choose_parts,
    first_possible_end,
    paper_of,
    parts_allowed,
    stop_membership,
    take_back_stop,
)
from finance.providers.services import online_provider, start_attempt
from theme.responses import form_accepts, page_or_partial, told


@require_safe
def my_fees(request):
    """Every invoice by year, what comes next, and how to stop."""
    invoices = own_invoices(request.user).order_by("-year", "-sequence")
    years = [(year, list(group)) for year, group in groupby(invoices, key=lambda invoice: invoice.year)]
    context = {
        "years": years,
        "outlook": fee_outlook(request.user, own_enrolments(request.user)),
        "mandates": own_mandates(request.user),
        "stop": own_stops(request.user).order_by("-pk").first(),
    }
    return page_or_partial(request, "fees/mine.html", context)


@require_safe
def invoice_page(request, year, sequence):
    invoice = get_object_or_404(visible_invoices(request.user), year=year, sequence=sequence)
    return _render_invoice(request, invoice)


def _render_invoice(request, invoice, *, status=200, **forms):
    parts = list(invoice.parts.filter(dropped_at__isnull=True).order_by("due_on", "number"))
    first_open = next((part for part in parts if part.open_cents), None)
    account, is_mine = main_account(), _is_mine(request, invoice)
    context = {
        "invoice": invoice,
        "lines": [(describe(line.charge), line) for line in invoice.lines.select_related("charge__plan")],
        "parts": parts,
        "part": first_open,
        "account": account,
        "qr": _qr(first_open, account),
        "payments": invoice_payments(invoice),
        "credit_notes": invoice.credit_notes.order_by("pk"),
        "is_mine": is_mine,
        "provider": online_provider() if is_mine else None,
        "may_share": is_mine and not invoice.settled_cents and parts_allowed(invoice) > 1,
        "manages": manages_fees(request.user),
        "sees": sees_fees(request.user),
        "may_approve": may_approve(request.user),
        "arrangements": invoice.arrangements.all() if is_mine or manages_fees(request.user) else [],
        "letters": invoice.letters.all() if sees_fees(request.user) or is_mine else [],
        "write_off": invoice.write_offs.filter(decided_at__isnull=True).first() if sees_fees(request.user) else None,
        "cash_form": forms.get("cash_form") or CashForm(),
        "reason_form": forms.get("reason_form") or ReasonForm(),
    }
    return page_or_partial(request, "fees/invoice.html", context, status=status)


def _is_mine(request, invoice) -> bool:
    return own_payers(request.user).filter(pk=invoice.payer_id).exists()


def _qr(part, account) -> str:
    if account is None or part is None:
        return ""
    payload = epc_payload(
        name=account.holder, iban=account.iban, bic=account.bic, cents=part.open_cents, reference=part.reference
    )
    return mark_safe(epc_svg(payload))  # our own drawing of our own values


@require_safe
def invoice_paper(request, year, sequence):
    invoice = get_object_or_404(visible_invoices(request.user), year=year, sequence=sequence)
    paper = paper_of(invoice)
    response = HttpResponse(bytes(paper.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{invoice.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def pay_online(request, year, sequence):
    """Off to the bank with the first part that is still open."""
    invoice = _own(request, year, sequence)
    if online_provider() is None:
        raise PermissionDenied
    part = invoice.parts.open().order_by("due_on", "number").first()
    if part is None:
        return redirect(invoice)
    attempts = []
    wanted = {
        "kind": "fee",
        "payable_id": part.pk,
        "cents": part.open_cents,
        "description": f"{invoice.number} {part.reference}",
        "return_path": invoice.get_absolute_url(),
        "by": request.user,
    }
    if told(request, lambda **what: attempts.append(start_attempt(**what)), **wanted):
        return redirect(attempts[0].checkout_url or invoice)
    return redirect(invoice)


def _own(request, year, sequence):
    """The invoice, when it is the member's own to pay; who only sees the books is refused."""
    invoice = get_object_or_404(visible_invoices(request.user), year=year, sequence=sequence)
    if not _is_mine(request, invoice):
        raise PermissionDenied
    return invoice


@require_http_methods(["GET", "HEAD", "POST"])
def parts_page(request, year, sequence):
    invoice = _own(request, year, sequence)
    form = PartsForm(request.POST or None, most=parts_allowed(invoice), initial={"count": 1})
    if request.method == "POST" and form_accepts(form, choose_parts, invoice=invoice, by=request.user):
        messages.success(request, _("Done. Each part has its own day and its own reference."))
        return redirect(invoice)
    context = {"form": form, "invoice": invoice}
    return page_or_partial(request, "fees/parts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def arrangement_page(request, year, sequence):
    invoice = _own(request, year, sequence)
    form = ArrangementForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, ask_arrangement, invoice=invoice, by=request.user):
        messages.success(request, _("Sent. Only the treasurer reads it, and answers you here."))
        return redirect(invoice)
    context = {"form": form, "invoice": invoice}
    return page_or_partial(request, "fees/arrangement.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request, enrolment_id):
    enrolment = get_object_or_404(own_enrolments(request.user), pk=enrolment_id, ends_on__isnull=True)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, stop_membership, enrolment=enrolment, by=request.user):
        messages.success(request, _("Noted. You stay a member up to and including your last day."))
        return redirect("my-fees")
    context = {"form": form, "enrolment": enrolment, "last_day": first_possible_end(enrolment)}
    return page_or_partial(request, "fees/stop.html", context, status=422 if form.errors else 200)


@require_POST
def stay_member(request, stop_id):
    stop = get_object_or_404(own_stops(request.user), pk=stop_id)
    if told(request, take_back_stop, stop=stop, by=request.user):
        messages.success(request, _("Good to have you with us. Your membership goes on."))
    return redirect("my-fees")
