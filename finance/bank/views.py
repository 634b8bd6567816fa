"""The treasurer's bank pages: a file in, matches and leftovers, one tap to set right."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from finance.bank import payables
from finance.bank.access import (
    managed_lines,
    may_import,
    reads_lines,
    visible_imports,
    visible_lines,
    visible_refunds,
    visible_savings,
)
from finance.bank.forms import AssignForm, BankAccountForm, ImportForm, SavingsForm
from finance.bank.payables import refunds_payable_online
from finance.bank.queries import (
    bank_proof,
    left_accounts,
    lines_to_match,
    main_account,
    other_own_account,
    saved,
    under_way,
    waits_at_provider,
)
from finance.bank.services import (
    accept_import,
    add_savings_account,
    assign,
    import_statement,
    leave_savings_account,
    put_between_accounts,
    put_to_own_money,
    refund_line,
    save_bank_account,
    undo_matches,
)
from groups.people.proving import reauthentication_required
from theme.cleantext import clean_line
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30
SHOWN = {"waiting", "matched", "all"}


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request):
    if not may_import(request.user):
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _imported(form, request.user):
        for result in form.result:
            messages.success(request, _told_about(result))
        return redirect("bank-lines")
    context = {"form": form, "imports": visible_imports(request.user)[:PER_PAGE], "proof": bank_proof(request.user)}
    return page_or_partial(request, "bank/import.html", context, status=422 if form.errors else 200)


def _imported(form, member) -> bool:
    def act(file):
        return import_statement(content=file.read(), filename=file.name, by=member)

    return form_accepts(form, act)


def _told_about(result) -> str:
    if result.repeated:
        return _("This file was imported before. Nothing was added.")
    told = ngettext(
        "%(new)d new line, %(matched)d matched to a request.",
        "%(new)d new lines, %(matched)d matched to a request.",
        result.lines_new,
    )
    return told % {"new": result.lines_new, "matched": result.matched}


@require_safe
def bank_lines(request):
    if not reads_lines(request.user):
        raise PermissionDenied
    show = request.GET.get("show") if request.GET.get("show") in SHOWN else "waiting"
    lines = visible_lines(request.user).prefetch_related("matches")
    if show == "waiting":
        lines = lines.filter(pk__in=lines_to_match().values("pk"))
    elif show == "matched":
        lines = lines.filter(state="matched")
    page = Paginator(lines.order_by("-booked_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "show": show,
        "waiting": lines_to_match().count(),
        "unaccepted": [each for each in visible_imports(request.user)[:PER_PAGE] if not each.may_match],
        "proof": bank_proof(request.user),
        "manages": may_import(request.user),
    }
    return page_or_partial(request, "bank/lines.html", context)


@require_safe
def bank_line(request, line_id):
    """One line: what we think it is, and for the treasurer a search for what it really is."""
    line = get_object_or_404(visible_lines(request.user), pk=line_id)
    manages = may_import(request.user)
    places = _places(line, clean_line(request.GET.get("q", ""))) if manages and line.open_cents else {}
    context = {"line": line, "matches": line.matches.order_by("pk"), "manages": manages, **places}
    return page_or_partial(request, "bank/line.html", context)


def _places(line, words: str) -> dict:
    """Where what is still open on the line may belong."""
    return {
        "is_open": True,
        "suggestions": [] if words else payables.suggest(line),
        "found": payables.search(words, outgoing=line.cents < 0) if words else [],
        "words": words,
        "other_account": other_own_account(line),
        "may_be_payout": line.cents > 0 and waits_at_provider(),
    }


@require_POST
def bank_line_assign(request, line_id):
    line = get_object_or_404(managed_lines(request.user), pk=line_id)
    form = AssignForm(request.POST)
    if form.is_valid() and told(request, assign, line=line, by=request.user, **form.choice()):
        messages.success(request, _("Matched. You can undo this on the page of the line."))
        return redirect("bank-lines")
    return redirect("bank-line", line.pk)


@require_POST
def bank_line_own(request, line_id):
    line = get_object_or_404(managed_lines(request.user), pk=line_id)
    if told(request, put_to_own_money, line=line, by=request.user, label=clean_line(request.POST.get("label", ""))):
        messages.success(request, _("Booked as the association's own money."))
    return redirect("bank-lines")


@require_POST
def bank_line_between(request, line_id):
    line = get_object_or_404(managed_lines(request.user), pk=line_id)
    if told(request, put_between_accounts, line=line, by=request.user):
        messages.success(request, _("Booked between your own accounts: neither income nor cost."))
        return redirect("bank-lines")
    return redirect("bank-line", line.pk)


@require_POST
@reauthentication_required
def bank_line_refund(request, line_id):
    line = get_object_or_404(managed_lines(request.user), pk=line_id)
    if told(request, refund_line, line=line, by=request.user, because=line.get_reason_display()):
        messages.success(request, _("Noted. Transfer it back with the reference; the bank file then closes it."))
        return redirect("refunds")
    return redirect("bank-line", line.pk)


@require_safe
def refunds(request):
    """What is owed back, with what to fill in at the bank."""
    if not may_import(request.user):
        raise PermissionDenied
    page = Paginator(visible_refunds(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "online": refunds_payable_online(page.object_list)}
    return page_or_partial(request, "bank/refunds.html", context)


@require_POST
def bank_line_undo(request, line_id):
    line = get_object_or_404(managed_lines(request.user), pk=line_id)
    if told(request, undo_matches, line=line, by=request.user, reason=clean_line(request.POST.get("reason", ""))):
        messages.success(request, _("Undone. The line waits again, and what it paid is open again."))
    return redirect("bank-line", line.pk)


@require_POST
def bank_import_accept(request, import_id):
    statement_import = get_object_or_404(visible_imports(request.user), pk=import_id)
    if told(request, accept_import, statement_import=statement_import, by=request.user):
        messages.success(request, _("Accepted. Payments with a reference are matched now."))
    return redirect("bank-lines")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def bank_account(request):
    """The account that members pay to; only the treasurer names it, and the audit log keeps who did."""
    if not may_import(request.user):
        raise PermissionDenied
    standing = main_account()
    first = {"holder": standing.holder, "iban": standing.grouped_iban, "bic": standing.bic} if standing else {}
    form = BankAccountForm(request.POST or None, initial=first)
    if request.method == "POST" and form_accepts(form, save_bank_account, by=request.user):
        messages.success(request, _("Saved. Payment requests name this account from now on."))
        return redirect("treasury")
    context = {
        "form": form,
        "savings": saved(visible_savings(request.user)),
        "under_way": under_way(),
        "left": left_accounts(),
        "has_files": bool(standing and standing.imports.exists()),
    }
    return page_or_partial(request, "bank/account.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def new_savings(request):
    if not may_import(request.user):
        raise PermissionDenied
    standing = main_account()
    form = SavingsForm(request.POST or None, initial={"holder": standing.holder if standing else ""})
    if request.method == "POST" and form_accepts(form, add_savings_account, by=request.user):
        messages.success(request, _("Added. Its bank files can be read now."))
        return redirect("bank-account")
    return page_or_partial(request, "bank/savings.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@reauthentication_required
def leave_savings(request, account_id):
    account = get_object_or_404(visible_savings(request.user), pk=account_id)
    if told(request, leave_savings_account, account=account, by=request.user):
        messages.success(request, _("Ended. Its files can still be read."))
    return redirect("bank-account")
