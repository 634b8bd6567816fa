"""What a payer answers: to a request in private, to an amount, to parts, to another purpose."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from finance.pots.access import my_purpose_answers, visible_pots, visible_requests
from finance.pots.forms import AmountForm, AnswerForm, PartsForm, PledgeForm, ReasonForm
from finance.pots.services import (
    answer_purpose,
    answer_request,
    choose_amount,
    decline_request,
    dispute_receipt,
    plan_parts,
    pledge,
)
from theme.responses import form_accepts, page_or_partial, told


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


@require_http_methods(["GET", "HEAD", "POST"])
def amount_page(request, reference):
    """A free request: the payer says how much it will be."""
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if payment.party.member_id != request.user.pk:
        raise PermissionDenied
    form = AmountForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, choose_amount, request=payment, by=request.user):
        return redirect(payment)
    context = {"form": form, "payment": payment, "pot": payment.pot}
    return page_or_partial(request, "pots/amount.html", context, status=422 if form.errors else 200)


@require_POST
def decline(request, reference):
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    if told(request, decline_request, request=payment, by=request.user):
        messages.success(request, _("Done. You need not pay anything, and nobody is told."))
    return redirect("payments")


@require_http_methods(["GET", "HEAD", "POST"])
def parts_page(request, reference):
    """In how many parts? The payer chooses within what the pot allows; the Geldchef agrees on more."""
    payment = get_object_or_404(visible_requests(request.user), reference=reference)
    form = PartsForm(request.POST or None, payment=payment, by=request.user)
    if not form.most:
        raise PermissionDenied
    if request.method == "POST" and form_accepts(form, plan_parts, request=payment, by=request.user):
        messages.success(request, _("Planned. Each part has its own day and its own reminder."))
        return redirect(payment)
    context = {"form": form, "payment": payment, "pot": payment.pot}
    return page_or_partial(request, "pots/parts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pledge_page(request, pot_id):
    pot = get_object_or_404(visible_pots(request.user).select_related("subgroup"), pk=pot_id)
    form = PledgeForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, pledge, pot=pot, by=request.user):
        messages.success(request, _("Thank you. You can pay now or later."))
        return redirect(form.result)
    return page_or_partial(request, "pots/pledge.html", {"form": form, "pot": pot}, status=422 if form.errors else 200)


@require_POST
def purpose_answer(request, pot_id):
    answer = get_object_or_404(my_purpose_answers(request.user), change__pot=pot_id)
    if told(request, answer_purpose, answer=answer, by=request.user, agrees="yes" in request.POST):
        messages.success(request, _("Your answer is kept. You can still change it."))
    return redirect("pot", pot_id)
