"""Direct debit: the member's own mandate, the treasurer's collections."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.fees.access import (
    manages_fees,
    may_approve,
    own_mandates,
    sees_fees,
    visible_batches,
    visible_mandates,
    visible_payers,
)
from finance.fees.debit_forms import BatchForm, DebitSettingsForm, OwnMandateForm, PaperMandateForm, TakeOverForm
from finance.fees.models import Mandate
from finance.fees.queries import batch_totals, debit_settings
from finance.fees.register import take_over
from finance.fees.services import (
    approve_batch,
    begin_mandate,
    cancel_batch,
    end_mandate,
    export_batch,
    give_mandate,
    make_batch,
    part_for_mandate,
    payer_of,
    resume_mandate,
    save_debit_settings,
    takes_mandates,
    tell_batch,
)
from finance.fees.tasks import tell_on
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 50


def _ask_manager(request) -> None:
    if not manages_fees(request.user):
        raise PermissionDenied


# --- One's own --------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def own_mandate(request):
    payer = payer_of(request.user)
    if payer.recipient_id != request.user.pk:
        raise PermissionDenied  # the household's contact decides
    form = OwnMandateForm(request.POST or None, initial={"holder": request.user.display_name})
    values = {"payer": payer, "by": request.user, "way": Mandate.Way.ONLINE}
    if request.method == "POST" and form_accepts(form, give_mandate, **values):
        messages.success(request, _("Done. You hear beforehand what is collected and when."))
        return redirect("my-fees")
    part = part_for_mandate(payer) if takes_mandates() else None
    context = {"form": form, "part": part}
    return page_or_partial(request, "fees/mandate.html", context, status=422 if form.errors else 200)


@require_POST
def begin_own_mandate(request):
    """Off to the bank: pay what is open there, and allow later collections with it."""
    payer = payer_of(request.user)
    if payer.recipient_id != request.user.pk or not takes_mandates():
        raise PermissionDenied
    attempts = []
    if told(request, lambda: attempts.append(begin_mandate(payer=payer, by=request.user))):
        return redirect(attempts[0].checkout_url)
    return redirect("own-mandate")


@require_POST
def end_own_mandate(request, mandate_id):
    mandate = get_object_or_404(own_mandates(request.user), pk=mandate_id)
    end_mandate(mandate=mandate, by=request.user, because="ended by the payer")
    messages.success(request, _("Ended. From now on you pay yourself."))
    return redirect("my-fees")


# --- The treasurer's --------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def paper_mandate(request, payer_id):
    _ask_manager(request)
    payer = get_object_or_404(visible_payers(request.user), pk=payer_id)
    form = PaperMandateForm(request.POST or None, initial={"holder": payer.name[:70]})
    values = {"payer": payer, "by": request.user, "way": Mandate.Way.PAPER}
    if request.method == "POST" and form_accepts(form, give_mandate, **values):
        messages.success(request, _("Saved."))
        return redirect("fee-payer", payer_id)
    context = {"form": form, "payer": payer}
    return page_or_partial(request, "fees/paper_mandate.html", context, status=422 if form.errors else 200)


@require_POST
@reauthentication_required
def change_mandate(request, mandate_id, act):
    _ask_manager(request)
    mandate = get_object_or_404(visible_mandates(request.user), pk=mandate_id)
    if act == "end":
        end_mandate(mandate=mandate, by=request.user)
    else:
        resume_mandate(mandate=mandate, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("fee-payer", mandate.payer_id)


@require_safe
def collections(request):
    if not sees_fees(request.user):
        raise PermissionDenied
    page = Paginator(visible_batches(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "manages": manages_fees(request.user), "settings": debit_settings()}
    return page_or_partial(request, "fees/collections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def settings_page(request):
    _ask_manager(request)
    standing = debit_settings()
    names = ("creditor_id", "bank_account", "notice_days", "format")
    first = {name: getattr(standing, name) for name in names} if standing else {}
    form = DebitSettingsForm(request.POST or None, initial=first)
    if request.method == "POST" and form_accepts(form, save_debit_settings, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("fee-collections")
    return page_or_partial(request, "fees/debit_settings.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_batch(request):
    _ask_manager(request)
    today, standing = timezone.localdate(), debit_settings()
    days = standing.notice_days if standing else 14
    first = {
        "name": _("Collection %(year)s") % {"year": today.year},
        "due_until": today + timedelta(days=31),
        "collect_on": today + timedelta(days=days + 2),
    }
    form = BatchForm(request.POST or None, initial=first)
    if request.method == "POST" and form_accepts(form, make_batch, by=request.user):
        return redirect("fee-collection", form.result.pk)
    return page_or_partial(request, "fees/new_batch.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def batch_page(request, batch_id):
    if not sees_fees(request.user):
        raise PermissionDenied
    batch = get_object_or_404(visible_batches(request.user), pk=batch_id)
    items = batch.items.select_related("mandate", "part__invoice__payer").order_by("pk")
    context = {
        "batch": batch,
        "totals": batch_totals(batch),
        "page": Paginator(items, PER_PAGE).get_page(request.GET.get("page")),
        "manages": manages_fees(request.user),
        "may_approve": may_approve(request.user) and batch.made_by_id != request.user.pk,
    }
    return page_or_partial(request, "fees/batch.html", context)


ACTS = {"tell": tell_batch, "cancel": cancel_batch, "export": export_batch}


@require_POST
@reauthentication_required
def batch_act(request, batch_id, act):
    _ask_manager(request)
    batch = get_object_or_404(visible_batches(request.user), pk=batch_id)
    if told(request, ACTS[act], batch=batch, by=request.user) and act == "tell":
        tell_on(batch)
    return redirect("fee-collection", batch_id)


@require_POST
@reauthentication_required
def approve(request, batch_id):
    if not may_approve(request.user):
        raise PermissionDenied
    batch = get_object_or_404(visible_batches(request.user), pk=batch_id)
    if told(request, approve_batch, batch=batch, by=request.user):
        messages.success(request, _("Approved. The treasurer can make the file for the bank now."))
    return redirect("fee-collection", batch_id)


@require_safe
@reauthentication_required
def batch_file(request, batch_id):
    """The kept file; it holds account numbers, so only who manages fees gets it."""
    _ask_manager(request)
    batch = get_object_or_404(visible_batches(request.user), pk=batch_id)
    if not batch.content:
        raise Http404
    response = HttpResponse(bytes(batch.content), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="incasso-{batch.reference}.xml"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def take_over_page(request):
    """Accounts and mandates out of a file; the file is read and forgotten."""
    _ask_manager(request)
    form = TakeOverForm(request.POST, request.FILES) if request.method == "POST" else TakeOverForm()
    context = {"form": form, "found": None}
    if request.method == "POST" and form_accepts(form, _take_over, by=request.user):
        found = form.result
        context |= {
            "found": found,
            "looked": form.cleaned_data["only_look"],
            "mandates": sum(row.mandate for row in found),
            "births": sum(row.birth for row in found),
            "problems": [row for row in found if row.problem],
        }
    return page_or_partial(request, "fees/import.html", context, status=422 if form.errors else 200)


def _take_over(*, file, only_look, by):
    return take_over(name=file.name, content=file.read(), only_look=only_look, by=by)
