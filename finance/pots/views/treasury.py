"""The money office: what is open, what came in, and whether the bank agrees."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from finance.bank.access import reads_lines
from finance.bank.queries import bank_known_until, bank_proof
from finance.pots.access import sees_treasury, visible_expenses, visible_pots, visible_requests
from finance.pots.desk import waits_for_treasurer
from finance.pots.queries import open_by_age, pot_totals
from groups.people.access import may_for_association
from theme.responses import page_or_partial

PER_PAGE = 30
NAMED = 5  # of what waits without a page of its own, the first few by name
AGE_LABELS = {
    "soon": _("Not due yet"),
    "week": _("Up to a week late"),
    "month": _("Up to a month late"),
    "older": _("More than a month late"),
}


@require_safe
def treasury(request):
    if not sees_treasury(request.user):
        raise PermissionDenied
    requests = visible_requests(request.user).open()
    late_only = request.GET.get("show") == "late"
    shown = requests.filter(due_on__lt=timezone.localdate()) if late_only else requests
    pots = list(visible_pots(request.user).exclude(status="closed").select_related("subgroup")[:PER_PAGE])
    totals, waits = pot_totals(pots), waits_for_treasurer(request.user)
    ages = {age.key: age for age in open_by_age(requests)}
    context = {
        "ages": ages,
        "by_age": [(label, ages[key]) for key, label in AGE_LABELS.items()],
        "may_book": may_for_association(request.user, "book"),
        "late_only": late_only,
        "page": Paginator(shown.order_by("due_on", "pk"), PER_PAGE).get_page(request.GET.get("page")),
        "waits": waits,
        "expenses": visible_expenses(request.user).waiting()[:NAMED] if waits["expenses"] else [],
        "closing": visible_pots(request.user).filter(status="closing")[:NAMED] if waits["closing"] else [],
        "proof": bank_proof(request.user),
        "known_until": bank_known_until(),
        "pots": [(pot, totals[pot.pk]) for pot in pots],
        "reads_lines": reads_lines(request.user),
        "may_import": may_for_association(request.user, "import_bank"),
    }
    return page_or_partial(request, "pots/treasury.html", context)
