"""One payer at a time: what they were charged, their household, discounts, and money by hand."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.fees.access import (
    chargeable_members,
    manages_fees,
    may_approve,
    sees_fees,
    visible_arrangements,
    visible_grants,
    visible_invoices,
    visible_payers,
    visible_write_offs,
)
from finance.fees.forms import AnswerForm, BirthForm, CashForm, GrantForm, HouseholdForm, ReasonForm
from finance.fees.paper import letter_pdf
from finance.fees.queries import late_invoices, with_what_they_owe
from finance.fees.services import (
    answer_arrangement,
    decide_write_off,
    end_discount,
    found_household,
    grant_discount,
    leave_household,
    pay_back,
    propose_write_off,
    record_cash,
    set_birth,
    write_letter,
)
from groups.people.models import Look
from groups.people.proving import reauthentication_required
from groups.people.services import note_opening
from theme.cleantext import clean_line
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


def _ask_manager(request) -> None:
    if not manages_fees(request.user):
        raise PermissionDenied


@require_safe
def payer_list(request):
    if not sees_fees(request.user):
        raise PermissionDenied
    payers, words = visible_payers(request.user), clean_line(request.GET.get("q", ""))[:80]
    for word in words.split()[:5]:
        payers = payers.filter(Q(name__icontains=word) | Q(member__number=word))
    context = {
        "page": Paginator(with_what_they_owe(payers), PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
    }
    return page_or_partial(request, "fees/payers.html", context)


@require_safe
def payer_page(request, payer_id):
    if not sees_fees(request.user):
        raise PermissionDenied
    payer = get_object_or_404(visible_payers(request.user).select_related("member"), pk=payer_id)
    note_opening(by=request.user, person=payer.member, where=Look.Where.FEES)
    return _render_payer(request, payer)


def _render_payer(request, payer, *, grant_form=None, birth_form=None):
    details = getattr(payer.member, "fee_details", None) if payer.member else None
    first = {"starts_on": timezone.localdate()}
    context = {
        "payer": payer,
        "invoices": visible_invoices(request.user).filter(payer=payer).order_by("-year", "-sequence"),
        "charges": payer.charges.select_related("plan__kind").order_by("-period_starts_on", "-pk")[:PER_PAGE],
        "mandates": payer.mandates.all() if manages_fees(request.user) else [],
        "places": payer.places.select_related("member"),
        "grants": visible_grants(request.user).filter(member=payer.member_id) if payer.member_id else [],
        "grant_form": grant_form or GrantForm(initial=first),
        "birth_form": birth_form or BirthForm(initial={"born_on": details.born_on if details else None}),
        "manages": manages_fees(request.user),
    }
    bad = any(form and form.errors for form in (grant_form, birth_form))
    return page_or_partial(request, "fees/payer.html", context, status=422 if bad else 200)


@require_POST
def new_grant(request, payer_id):
    _ask_manager(request)
    payer = get_object_or_404(visible_payers(request.user), pk=payer_id, member__isnull=False)
    form = GrantForm(request.POST)
    if form_accepts(form, grant_discount, member=payer.member, by=request.user):
        messages.success(request, _("Saved. It counts in the next run."))
        return redirect("fee-payer", payer_id)
    return _render_payer(request, payer, grant_form=form)


@require_POST
def drop_grant(request, payer_id, grant_id):
    _ask_manager(request)
    payer = get_object_or_404(visible_payers(request.user), pk=payer_id)
    grant = get_object_or_404(visible_grants(request.user), pk=grant_id, member=payer.member_id)
    end_discount(grant=grant, last_on=timezone.localdate() - timedelta(days=1), by=request.user)
    messages.success(request, _("Ended. It counts in the next run."))
    return redirect("fee-payer", payer_id)


@require_POST
def save_birth(request, payer_id):
    _ask_manager(request)
    payer = get_object_or_404(visible_payers(request.user), pk=payer_id, member__isnull=False)
    form = BirthForm(request.POST)
    if form_accepts(form, set_birth, member=payer.member, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("fee-payer", payer_id)
    return _render_payer(request, payer, birth_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def new_household(request, payer_id):
    """A household or body around this member, who gets its post."""
    _ask_manager(request)
    payer = get_object_or_404(visible_payers(request.user), pk=payer_id, member__isnull=False)
    form = HouseholdForm(request.POST or None, people=chargeable_members(request.user))
    if request.method == "POST" and form_accepts(form, _found, contact=payer.member, by=request.user):
        messages.success(request, _("Saved. From the next run on they get one invoice."))
        return redirect("fee-payer", form.result.pk)
    context = {"form": form, "payer": payer}
    return page_or_partial(request, "fees/household.html", context, status=422 if form.errors else 200)


def _found(*, contact, others, by, **fields):
    members = [contact, *(member for member in others if member.pk != contact.pk)]
    return found_household(by=by, contact=contact, members=members, **fields)


@require_POST
def drop_place(request, payer_id, place_id):
    _ask_manager(request)
    payer = get_object_or_404(visible_payers(request.user), pk=payer_id)
    leave_household(place=get_object_or_404(payer.places, pk=place_id), by=request.user)
    messages.success(request, _("Saved. From the next run on they pay for themselves."))
    return redirect("fee-payer", payer_id)


# --- Money and agreements about one invoice ---------------------------------------------------------
def _managed_invoice(request, year, sequence):
    _ask_manager(request)
    return get_object_or_404(visible_invoices(request.user), year=year, sequence=sequence)


@require_POST
def cash(request, year, sequence):
    invoice = _managed_invoice(request, year, sequence)
    part = invoice.parts.open().order_by("due_on", "number").first()
    form = CashForm(request.POST)
    if part and form.is_valid() and told(request, record_cash, part=part, by=request.user, **form.cleaned_data):
        messages.success(request, _("Written down. %(name)s gets a receipt.") % {"name": invoice.payer.name})
    elif form.errors:
        messages.error(request, form.errors["cents"][0])
    return redirect(invoice)


@require_POST
@reauthentication_required
def letter(request, year, sequence):
    """Note that the formal letter goes out, and give it."""
    invoice = _managed_invoice(request, year, sequence)
    made = []
    if not told(request, lambda **values: made.append(write_letter(**values)), invoice=invoice, by=request.user):
        return redirect(invoice)
    response = HttpResponse(letter_pdf(made[0]), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{invoice.number}-herinnering.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def propose(request, year, sequence):
    invoice = _managed_invoice(request, year, sequence)
    form = ReasonForm(request.POST)
    if form.is_valid() and told(request, propose_write_off, invoice=invoice, by=request.user, **form.cleaned_data):
        messages.success(request, _("Proposed. Somebody of the board decides."))
    elif form.errors:
        messages.error(request, _("Say why, in a few words."))
    return redirect(invoice)


@require_POST
@reauthentication_required
def decide(request, write_off_id):
    if not may_approve(request.user):
        raise PermissionDenied
    write_off = get_object_or_404(visible_write_offs(request.user), pk=write_off_id)
    is_approved = request.POST.get("answer") == "yes"
    if told(request, decide_write_off, write_off=write_off, is_approved=is_approved, by=request.user):
        messages.success(request, _("Written off.") if is_approved else _("It stays open."))
    return redirect(write_off.invoice)


@require_POST
@reauthentication_required
def refund(request, year, sequence):
    note = _managed_invoice(request, year, sequence)
    if told(request, pay_back, note=note, by=request.user):
        messages.success(request, _("It stands on the list of refunds now."))
    return redirect(note)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request, arrangement_id):
    _ask_manager(request)
    asked = get_object_or_404(visible_arrangements(request.user), pk=arrangement_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, answer_arrangement, arrangement=asked, by=request.user):
        messages.success(request, _("Answered. The member gets a message."))
        return redirect("fees-office")
    context = {"form": form, "asked": asked, "invoice": asked.invoice}
    return page_or_partial(request, "fees/answer.html", context, status=422 if form.errors else 200)


@require_safe
def late_list(request):
    if not sees_fees(request.user):
        raise PermissionDenied
    page = Paginator(late_invoices(), PER_PAGE).get_page(request.GET.get("page"))
    return page_or_partial(request, "fees/late.html", {"page": page, "manages": manages_fees(request.user)})
