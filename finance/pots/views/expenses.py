"""Spending: what was claimed, who looks at it, and the receipts."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.pots.access import looks_after, may_approve, visible_expenses, visible_pots
from finance.pots.forms import ExpenseForm, ReasonForm
from finance.pots.queries import pot_balance
from finance.pots.services import approve_expense, claim_expense, pay_expense_in_cash, refuse_expense
from groups.people.access import may_for_association
from groups.people.proving import reauthentication_required
from groups.subgroups.access import is_member
from theme.responses import form_accepts, page_or_partial, told
from theme.serving import serve_private
from theme.uploads import take_in


def _pot(request, pot_id):
    return get_object_or_404(visible_pots(request.user).select_related("subgroup"), pk=pot_id)


@require_safe
def expense_list(request, pot_id):
    pot = _pot(request, pot_id)
    expenses = pot.expenses.prefetch_related("approvals")
    context = {"pot": pot, "expenses": expenses, "may_claim": pot.takes_money and is_member(request.user, pot.subgroup)}
    return page_or_partial(request, "pots/expenses.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_page(request, pot_id):
    pot = _pot(request, pot_id)
    if not is_member(request.user, pot.subgroup):
        raise PermissionDenied
    form = ExpenseForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form_accepts(form, _claim, pot=pot, by=request.user):
        messages.success(request, _("Sent. Somebody else looks at it and approves it."))
        return redirect("expenses", pot.pk)
    return page_or_partial(request, "pots/claim.html", {"form": form, "pot": pot}, status=422 if form.errors else 200)


def _claim(*, receipt=None, **values):
    return claim_expense(receipt=take_in(receipt) if receipt else None, **values)


@require_safe
def expense_page(request, expense_id):
    expense = get_object_or_404(visible_expenses(request.user), pk=expense_id)
    context = {
        "expense": expense,
        "pot": expense.pot,
        "may_approve": may_approve(request.user, expense.pot) and expense.claimed_by_id != request.user.pk,
        "may_pay": looks_after(request.user, expense.pot) and expense.is_approved and not expense.is_paid,
        "may_see_receipt": _may_see_receipt(request.user, expense),
        "balance": pot_balance(expense.pot),
    }
    return page_or_partial(request, "pots/expense.html", context)


def _may_see_receipt(member, expense) -> bool:
    return (
        expense.claimed_by_id == member.pk
        or looks_after(member, expense.pot)
        or may_for_association(member, "see_books")
    )


@require_safe
def expense_receipt(request, expense_id):
    expense = get_object_or_404(visible_expenses(request.user), pk=expense_id)
    if not expense.receipt:
        raise Http404
    if not _may_see_receipt(request.user, expense):
        raise PermissionDenied
    return serve_private(request, expense.receipt, name=expense.receipt_name, content_type=expense.receipt_type)


EXPENSE_ACTS = {"approve": approve_expense, "pay": pay_expense_in_cash}


@require_POST
@reauthentication_required
def expense_act(request, expense_id, act):
    expense = get_object_or_404(visible_expenses(request.user), pk=expense_id)
    if told(request, EXPENSE_ACTS[act], expense=expense, by=request.user):
        messages.success(request, _("Done."))
    return redirect("expense", expense.pk)


@require_POST
def expense_refuse(request, expense_id):
    expense = get_object_or_404(visible_expenses(request.user), pk=expense_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        told(request, refuse_expense, expense=expense, by=request.user, because=form.cleaned_data["reason"])
    return redirect("expense", expense.pk)
