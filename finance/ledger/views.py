"""The books for who may read them: entries, a sample for the auditors, their signature, and files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from finance.ledger.access import may_sign, sees_books, visible_entries, visible_sign_offs
from finance.ledger.asking import name_rings, with_proofs
from finance.ledger.auditing import sample_of, sign_off, signed_until
from finance.ledger.exports import audit_file, journal_csv
from finance.ledger.forms import SignForm
from finance.ledger.seals import faults
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def books(request):
    """All entries, or a sample of what has not been signed yet; the auditors sign here."""
    if not sees_books(request.user):
        raise PermissionDenied
    form = SignForm(request.POST or None)
    if request.method == "POST":
        if not may_sign(request.user):
            raise PermissionDenied
        if form_accepts(form, sign_off, by=request.user):
            messages.success(request, _("Signed. Nothing can be booked before that day any more."))
            return redirect("books")
    since = signed_until()
    entries = visible_entries(request.user).order_by("-value_date", "-pk")
    unsigned = entries.filter(value_date__gt=since) if since else entries
    sample = request.GET.get("sample", "")[:40]
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = with_proofs(request.user, name_rings(page.object_list))
    context = {
        "form": form,
        "page": page,
        "sample": with_proofs(request.user, name_rings(sample_of(unsigned, sample))) if sample else [],
        "seed": timezone.localdate().isoformat(),
        "sign_offs": visible_sign_offs(request.user),
        "may_sign": may_sign(request.user),
        "faults": faults() if may_sign(request.user) else [],
        "years": range(timezone.localdate().year, timezone.localdate().year - 8, -1),
    }
    return page_or_partial(request, "ledger/books.html", context, status=422 if form.errors else 200)


FILES = {
    "csv": (journal_csv, "text/csv; charset=utf-8", "journaal-{year}.csv"),
    "xaf": (audit_file, "application/xml", "auditfile-{year}.xaf"),
}


@require_safe
@reauthentication_required
def books_file(request, year, kind):
    if not sees_books(request.user):
        raise PermissionDenied
    if not 2000 <= year <= timezone.localdate().year + 1:
        raise Http404
    make, content_type, name = FILES[kind]
    response = HttpResponse(make(year, request.user), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name.format(year=year)}"'
    return response
