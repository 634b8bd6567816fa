"""Looking after a pot: its settings and reminders, more time, another purpose, hand-over and closing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from finance.bank.queries import main_account
from finance.pots.access import (
    is_chef,
    looks_after,
    visible_handovers,
    visible_paybacks,
    visible_pots,
    visible_purposes,
)
from finance.pots.forms import (
    CloseForm,
    DeputyForm,
    ExtendForm,
    PlanForm,
    PurposeForm,
    SettingsForm,
    SuccessorForm,
)
from finance.pots.queries import pot_balance
from finance.pots.services import (
    accept_handover,
    bring_cash,
    change_settings,
    close_pot,
    confirm_closing,
    decide_purpose,
    decline_handover,
    extend_pot,
    keep_open,
    name_deputy,
    offer_handover,
    pay_back_in_cash,
    plan_reminders,
    propose_purpose,
    withdraw_purpose,
)
from groups.people.access import may_for_association
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial, told

FORMS = {
    "plan": (PlanForm, plan_reminders),
    "settings": (SettingsForm, change_settings),
    "extend": (ExtendForm, extend_pot),
    "purpose": (PurposeForm, propose_purpose),
    "successor": (SuccessorForm, offer_handover),
    "deputy": (DeputyForm, name_deputy),
    "close": (CloseForm, close_pot),
}


PROVED = frozenset({"close", "successor", "deputy"})  # the end of the pot, and who may touch its money


def _needs_proof(request) -> bool:
    return request.POST.get("form") in PROVED


def _pot(request, pot_id):
    return get_object_or_404(visible_pots(request.user).select_related("subgroup"), pk=pot_id)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(enabled=_needs_proof)
def manage_page(request, pot_id):
    """One page with a form for each thing that a Geldchef decides about the pot itself."""
    pot = _pot(request, pot_id)
    if not (looks_after(request.user, pot) or is_chef(request.user, pot)):
        raise PermissionDenied
    which = request.POST.get("form")
    forms = {code: form(None, pot=pot, by=request.user) for code, (form, _act) in FORMS.items()}
    if which in FORMS:
        form, act = FORMS[which]
        forms[which] = form(request.POST, pot=pot, by=request.user)
        if form_accepts(forms[which], act, pot=pot, by=request.user):
            messages.success(request, _said(which, forms[which].result))
            return redirect(pot)
    context = {
        "pot": pot,
        "forms": forms,
        "is_chef": is_chef(request.user, pot),
        "balance": pot_balance(pot),
        "account": main_account(),
        "paybacks": visible_paybacks(request.user, pot),
    }
    return page_or_partial(request, "pots/manage.html", context, status=422 if which else 200)


def _said(which: str, result) -> str:
    """What the Geldchef hears of an act that others are waiting for, or that cannot be undone."""
    if which == "successor":
        return _("Offered to %(name)s. The pot is yours until they accept.") % {"name": result.to_label}
    if which == "purpose":
        return _("Everybody who paid has been asked.")
    if which == "close":
        return _("The pot is closed.") if result.closed_at else _second_look(result)
    return _("Saved.")


def _second_look(pot) -> str:
    if may_for_association(pot.closing_asked_by, "book"):
        return _("Somebody of the board, or another treasurer, looks at it too, and then the pot closes.")
    return _("The treasurer looks at it too, and then the pot closes.")


CLOSING_ACTS = {
    "confirm": (confirm_closing, gettext_lazy("The pot is closed.")),
    "keep": (keep_open, gettext_lazy("The pot is open again.")),
}


@require_POST
@reauthentication_required
def closing_act(request, pot_id, act):
    pot = _pot(request, pot_id)
    service, said = CLOSING_ACTS[act]
    if told(request, service, pot=pot, by=request.user):
        messages.success(request, said)
    return redirect(pot)


PURPOSE_ACTS = {"decide": decide_purpose, "withdraw": withdraw_purpose}


@require_POST
def purpose_act(request, change_id, act):
    change = get_object_or_404(visible_purposes(request.user), pk=change_id)
    if told(request, PURPOSE_ACTS[act], change=change, by=request.user):
        messages.success(request, _("Done."))
    return redirect(change.pot)


@require_POST
def cash_to_bank(request, pot_id):
    """The Geldchef gets a reference with which the cash is brought to the bank."""
    pot = _pot(request, pot_id)
    if told(request, bring_cash, pot=pot, by=request.user):
        messages.success(request, _("Transfer or deposit the cash with the reference below."))
    return redirect("manage-pot", pot.pk)


@require_POST
@reauthentication_required
def payback_cash(request, pot_id, refund_id):
    pot = _pot(request, pot_id)
    refund = get_object_or_404(visible_paybacks(request.user, pot), pk=refund_id)
    if told(request, pay_back_in_cash, refund=refund, pot=pot, by=request.user):
        messages.success(request, _("Written down: paid back in cash."))
    return redirect("manage-pot", pot.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def handover_page(request, handover_id):
    handover = get_object_or_404(visible_handovers(request.user), pk=handover_id)
    if request.method == "POST":
        act = accept_handover if "accept" in request.POST else decline_handover
        told(request, act, handover=handover, by=request.user)
        return redirect("pots" if act is decline_handover else handover.pot)
    return page_or_partial(request, "pots/handover.html", {"handover": handover, "pot": handover.pot})
