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
from finance.pots.forms import CashForm, ReasonForm
from finance.pots.services import record_cash, waive_request
from finance.providers.services import practice_bank_is_open, start_attempt
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
    account = main_account()
    context = {
        "payment": payment,
        "pot": payment.pot,
        "account": account,
        "qr": _qr(payment, account),
        "may_practise": practice_bank_is_open() and payment.party.member_id == request.user.pk,
        "allocations": payment.allocations.filter(undoes__isnull=True, undone_by__isnull=True),
        "may_manage": looks_after(request.user, payment.pot),
        "answers": payment.events.filter(kind__in=["answered", "disputed"]),
        "is_mine": payment.party.member_id == request.user.pk,
    }
    return page_or_partial(request, "pots/payment.html", context, partials={"payment-state"})


def _qr(payment, account) -> str:
    if account is None or not payment.open_cents:
        return ""
    payload = epc_payload(
        name=account.holder,
        iban=account.iban,
        bic=account.bic,
        cents=payment.open_cents,
        reference=payment.reference,
    )
    return mark_safe(epc_svg(payload))  # our own drawing of our own values


@require_POST
def pay_online(request, reference):
    """Off to the bank with what is still open on the member's own request."""
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if payment.party.member_id != request.user.pk or not practice_bank_is_open():
        raise PermissionDenied
    if not payment.open_cents:
        return redirect(payment)
    attempt = start_attempt(
        kind="pot",
        payable_id=payment.pk,
        cents=payment.open_cents,
        description=f"{payment.pot.name} {payment.reference}",
        return_path=payment.get_absolute_url(),
        by=request.user,
    )
    return redirect(attempt.checkout_url)


@require_http_methods(["GET", "HEAD", "POST"])
def cash_page(request, reference):
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if not looks_after(request.user, payment.pot):
        raise PermissionDenied
    form = CashForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, record_cash, request=payment, by=request.user):
        messages.success(request, _("Written down. %(name)s gets a receipt.") % {"name": payment.party.display_name})
        return redirect(payment.pot)
    context = {"form": form, "payment": payment, "pot": payment.pot}
    return page_or_partial(request, "pots/cash.html", context, status=422 if form.errors else 200)


@require_POST
def waive(request, reference):
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if not looks_after(request.user, payment.pot):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    if form.is_valid() and told(request, waive_request, request=payment, by=request.user, **form.cleaned_data):
        messages.success(request, _("%(name)s need not pay this.") % {"name": payment.party.display_name})
    return redirect(payment.pot)
