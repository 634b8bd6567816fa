"""Paying: what I owe, how to pay it, and what the Geldchef writes down."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.bank.qr import epc_payload, epc_svg
from finance.bank.queries import main_account
from finance.pots.access import looks_after, my_requests, visible_requests
from finance.pots.forms import CashForm, PartsForm, ReasonForm
from finance.pots.queries import is_underway
from finance.pots.services import (
    cancel_request,
    current_part,
    due_cents,
    record_cash,
    return_payment,
    take_back_cash,
    waive_request,
)
from finance.providers.services import online_provider, start_attempt
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


@require_safe
def my_payments(request):
    """Open first, then what was paid, with its receipt."""
    mine = my_requests(request.user)
    paid = Paginator(mine.paid().order_by("-asked_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"open_requests": mine.open().order_by("due_on"), "paid": paid}
    return page_or_partial(request, "pots/payments.html", context)


@require_safe
def payment_page(request, reference):
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    account, asked = main_account(), due_cents(payment)
    if payment.open_cents and request.GET.get("all"):
        asked = payment.open_cents  # in parts, and the payer would rather pay all at once
    is_mine = payment.party.member_id == request.user.pk
    context = {
        "payment": payment,
        "pot": payment.pot,
        "asked": asked,
        "account": account,
        "qr": _qr(payment, account, asked),
        "provider": online_provider() if is_mine else None,
        "is_underway": is_underway(payment),
        "allocations": payment.allocations.filter(undoes__isnull=True, undone_by__isnull=True),
        "parts": list(payment.instalments.all()),
        "part": current_part(payment),
        "may_plan": bool(payment.open_cents and PartsForm(payment=payment, by=request.user).most),
        "may_manage": looks_after(request.user, payment.pot),
        "answers": payment.events.filter(kind__in=["answered", "disputed"]),
        "is_mine": is_mine,
    }
    return page_or_partial(request, "pots/payment.html", context, partials={"payment-state"})


def _qr(payment, account, asked: int) -> str:
    if account is None or not asked:
        return ""
    payload = epc_payload(
        name=account.holder, iban=account.iban, bic=account.bic, cents=asked, reference=payment.reference
    )
    return mark_safe(epc_svg(payload))  # our own drawing of our own values


@require_POST
def pay_online(request, reference):
    """Off to the bank with what is asked now on the member's own request, or with all of it."""
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if payment.party.member_id != request.user.pk or online_provider() is None:
        raise PermissionDenied
    if not payment.open_cents or not payment.pot.takes_money:
        return redirect(payment)
    attempts = []
    if told(request, lambda **what: attempts.append(start_attempt(**what)), **_wanted(request, payment)):
        return redirect(attempts[0].checkout_url or payment)
    return redirect(payment)


def _wanted(request, payment) -> dict:
    return {
        "kind": "pot",
        "payable_id": payment.pk,
        "cents": payment.open_cents if request.POST.get("all") else due_cents(payment),
        "description": f"{payment.pot.name} {payment.reference}",
        "return_path": payment.get_absolute_url(),
        "by": request.user,
    }


def _managed(request, reference):
    """A request of a pot that the member looks after."""
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if not looks_after(request.user, payment.pot):
        raise PermissionDenied
    return payment


@require_http_methods(["GET", "HEAD", "POST"])
def cash_page(request, reference):
    payment = _managed(request, reference)
    form = CashForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, record_cash, request=payment, by=request.user):
        messages.success(request, _("Written down. %(name)s gets a receipt.") % {"name": payment.party.display_name})
        return redirect(payment.pot)
    context = {"form": form, "payment": payment, "pot": payment.pot}
    return page_or_partial(request, "pots/cash.html", context, status=422 if form.errors else 200)


@require_POST
def waive(request, reference):
    return _ended(request, reference, waive_request, _("%(name)s need not pay this."))


@require_POST
def cancel(request, reference):
    return _ended(request, reference, cancel_request, _("The request to %(name)s is taken back."))


def _ended(request, reference, act, said):
    payment = _managed(request, reference)
    form = ReasonForm(request.POST)
    if form.is_valid() and told(request, act, request=payment, by=request.user, **form.cleaned_data):
        messages.success(request, said % {"name": payment.party.display_name})
    return redirect(payment.pot)


@require_POST
@reauthentication_required
def give_back_page(request, reference):
    """All that was paid for this request goes back, and the request ends."""
    payment = _managed(request, reference)
    form = ReasonForm(request.POST)
    if form.is_valid() and told(
        request, return_payment, request=payment, by=request.user, because=form.cleaned_data["reason"]
    ):
        messages.success(request, _("Set apart. The treasurer pays it back; cash you can pay back yourself."))
    return redirect(payment)


@require_POST
def undo_cash(request, reference, allocation_id):
    payment = _managed(request, reference)
    allocation = get_object_or_404(payment.allocations.filter(way="cash"), pk=allocation_id)
    form = ReasonForm(request.POST)
    if form.is_valid() and told(
        request, take_back_cash, allocation=allocation, by=request.user, reason=form.cleaned_data["reason"]
    ):
        messages.success(request, _("Undone. The request is open again."))
    return redirect(payment)
