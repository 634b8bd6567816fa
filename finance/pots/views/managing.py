"""Looking after a pot: expenses, reminders, hand-over, closing, statement."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.pots.access import (
    is_chef,
    looks_after,
    may_approve,
    visible_expenses,
    visible_handovers,
    visible_pots,
    visible_requests,
)
from finance.pots.forms import AnswerForm, CloseForm, ExpenseForm, PlanForm, ReasonForm, SuccessorForm
from finance.pots.queries import pot_balance
from finance.pots.services import (
    accept_handover,
    answer_request,
    approve_expense,
    claim_expense,
    close_pot,
    confirm_closing,
    decline_handover,
    dispute_receipt,
    offer_handover,
    pay_expense_in_cash,
    plan_reminders,
    refuse_expense,
)
from finance.pots.statement import pot_statement, statement_csv, statement_pdf
from groups.people.access import may_for_association
from groups.subgroups.access import is_member
from theme.responses import form_accepts, page_or_partial, told
from theme.serving import serve_private
from theme.uploads import take_in


def _pot(request, pot_id):
    return get_object_or_404(visible_pots(request.user).select_related("subgroup"), pk=pot_id)


# --- Expenses ---------------------------------------------------------------------------------------
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


# --- Reminders, hand-over, closing ------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def manage_page(request, pot_id):
    """One page with a form for each thing that a Geldchef decides about the pot itself."""
    pot = _pot(request, pot_id)
    if not (looks_after(request.user, pot) or is_chef(request.user, pot)):
        raise PermissionDenied
    forms = {
        "plan": PlanForm(initial={"days": pot.remind_days, "hour": pot.remind_hour}),
        "successor": SuccessorForm(pot=pot, by=request.user),
        "close": CloseForm(initial={"surplus": "refund"}),
    }
    which = request.POST.get("form")
    if which in forms:
        forms[which] = _bound(which, request, pot)
        if _managed(which, forms[which], pot, request.user):
            messages.success(request, _("Saved."))
            return redirect(pot)
    context = {"pot": pot, "forms": forms, "is_chef": is_chef(request.user, pot), "balance": pot_balance(pot)}
    return page_or_partial(request, "pots/manage.html", context, status=422 if which else 200)


def _bound(which, request, pot):
    if which == "successor":
        return SuccessorForm(request.POST, pot=pot, by=request.user)
    return {"plan": PlanForm, "close": CloseForm}[which](request.POST)


def _managed(which, form, pot, member) -> bool:
    act = {"plan": plan_reminders, "successor": offer_handover, "close": close_pot}[which]
    return form_accepts(form, act, pot=pot, by=member)


@require_POST
def confirm_close(request, pot_id):
    pot = _pot(request, pot_id)
    if told(request, confirm_closing, pot=pot, by=request.user):
        messages.success(request, _("The pot is closed."))
    return redirect(pot)


@require_http_methods(["GET", "HEAD", "POST"])
def handover_page(request, handover_id):
    handover = get_object_or_404(visible_handovers(request.user), pk=handover_id)
    if request.method == "POST":
        act = accept_handover if "accept" in request.POST else decline_handover
        told(request, act, handover=handover, by=request.user)
        return redirect("pots" if act is decline_handover else handover.pot)
    return page_or_partial(request, "pots/handover.html", {"handover": handover, "pot": handover.pot})


# --- Answers ----------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request, reference):
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if payment.party.member_id != request.user.pk:
        raise PermissionDenied
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, answer_request, request=payment, by=request.user):
        messages.success(request, _("Told to the pot treasurer, and nobody else. Reminders wait."))
        return redirect("payments")
    context = {"form": form, "payment": payment, "pot": payment.pot}
    return page_or_partial(request, "pots/answer.html", context, status=422 if form.errors else 200)


@require_POST
def dispute(request, reference):
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    form = ReasonForm(request.POST)
    if form.is_valid() and told(
        request, dispute_receipt, request=payment, by=request.user, text=form.cleaned_data["reason"]
    ):
        messages.success(request, _("Told to the pot treasurer."))
    return redirect(payment)


# --- Statement --------------------------------------------------------------------------------------
STATEMENTS = {"csv": (statement_csv, "text/csv; charset=utf-8"), "pdf": (statement_pdf, "application/pdf")}


@require_safe
def statement(request, pot_id, kind):
    pot = _pot(request, pot_id)
    make, content_type = STATEMENTS[kind]
    response = HttpResponse(make(pot_statement(pot)), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{pot.name}.{kind}")
    return response
