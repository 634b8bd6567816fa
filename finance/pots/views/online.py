"""The treasurer's page about online payments: what is held, what goes back, what was taken back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.bank import payables
from finance.bank.access import managed_lines, visible_refunds
from finance.bank.forms import AssignForm
from finance.pots.access import may_keep_books
from finance.pots.forms import RefundForm
from finance.pots.queries import online_overview
from finance.pots.services import book_payout, count_held_attempt, pay_back_online
from finance.providers.access import held_attempts, managed_attempts, visible_chargebacks, visible_online_refunds
from finance.providers.services import (
    approve_refund,
    ask_refund,
    cancel_refund,
    keep_held,
    refresh,
    send_refund,
    settle_claim,
)
from groups.people.proving import reauthentication_required
from theme.cleantext import clean_line
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


@require_safe
def online_list(request):
    if not may_keep_books(request.user):
        raise PermissionDenied
    attempts = managed_attempts(request.user)
    context = {
        "overview": online_overview(held_attempts(request.user)),
        "refunds": visible_online_refunds(request.user).filter(status="asked"),
        "chargebacks": visible_chargebacks(request.user).filter(reversed_at__isnull=True)[:PER_PAGE],
        "page": Paginator(attempts, PER_PAGE).get_page(request.GET.get("page")),
    }
    return page_or_partial(request, "pots/online_list.html", context)


@require_safe
def online_page(request, key):
    """One payment with everything that happened to it, and the buttons for what may happen next."""
    attempt = get_object_or_404(managed_attempts(request.user), key=key)
    return _page(request, attempt, RefundForm(attempt=attempt))


def _page(request, attempt, form, status=200):
    words = clean_line(request.GET.get("q", ""))
    context = {
        "attempt": attempt,
        "form": form,
        "refunds": attempt.refunds.all(),
        "chargebacks": attempt.chargebacks.all(),
        "words": words,
        "found": payables.search(words, outgoing=False) if words and attempt.needs_decision else [],
    }
    return page_or_partial(request, "pots/online_payment.html", context, status=status)


@require_POST
def online_refresh(request, key):
    attempt = get_object_or_404(managed_attempts(request.user), key=key)
    if told(request, refresh, attempt=attempt):
        messages.success(request, _("This is how it stands now."))
    return redirect("online-payment", attempt.key)


@require_http_methods(["POST"])
@reauthentication_required
def online_refund(request, key):
    """Back the way it came: set apart first, then asked of the provider outside the transaction."""
    attempt = get_object_or_404(managed_attempts(request.user), key=key)
    form = RefundForm(request.POST, attempt=attempt)
    if not form_accepts(form, _refund, attempt=attempt, by=request.user):
        return _page(request, attempt, form, status=422)
    messages.success(request, _("It goes back. You see here how far it is."))
    return redirect("online-payment", attempt.key)


def _refund(**what):
    return send_refund(refund=ask_refund(**what))


@require_POST
def online_keep(request, key):
    attempt = get_object_or_404(managed_attempts(request.user), key=key)
    if told(request, keep_held, attempt=attempt, by=request.user):
        messages.success(request, _("Booked as the association's own money."))
    return redirect("online-payments")


@require_POST
def online_assign(request, key):
    attempt = get_object_or_404(managed_attempts(request.user), key=key)
    form = AssignForm(request.POST)
    if form.is_valid() and told(request, count_held_attempt, attempt=attempt, by=request.user, **form.choice()):
        messages.success(request, _("Counted for the request."))
        return redirect("online-payments")
    return redirect("online-payment", attempt.key)


def _approve(*, refund, by):
    return send_refund(refund=approve_refund(refund=refund, by=by))


REFUND_ACTS = {"approve": _approve, "cancel": cancel_refund}


@require_POST
@reauthentication_required
def refund_act(request, key, act):
    refund = get_object_or_404(visible_online_refunds(request.user), key=key)
    if told(request, REFUND_ACTS[act], refund=refund, by=request.user):
        messages.success(request, _("Done."))
    return redirect("online-payment", refund.attempt.key)


@require_POST
@reauthentication_required
def claim_settle(request, chargeback_id):
    chargeback = get_object_or_404(visible_chargebacks(request.user), pk=chargeback_id)
    if told(request, settle_claim, chargeback=chargeback, by=request.user):
        messages.success(request, _("The pot has paid the association back."))
    return redirect("online-payment", chargeback.attempt.key)


@require_POST
@reauthentication_required
def payback_online(request, refund_id):
    refund = get_object_or_404(visible_refunds(request.user), pk=refund_id)
    if told(request, pay_back_online, refund=refund, by=request.user):
        messages.success(request, _("It goes back the way it came."))
    return redirect("refunds")


@require_POST
@reauthentication_required
def payout(request, line_id):
    line = get_object_or_404(managed_lines(request.user), pk=line_id)
    if told(request, book_payout, line=line, by=request.user):
        messages.success(request, _("Booked: the money of every pot is at the bank now."))
        return redirect("bank-lines")
    return redirect("bank-line", line.pk)
