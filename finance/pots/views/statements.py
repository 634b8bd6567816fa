"""The statement of a pot as a file, for everybody who may see the pot."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from finance.pots.access import visible_pots
from finance.pots.statement import pot_statement, statement_csv, statement_pdf
from groups.people.proving import reauthentication_required

STATEMENTS = {"csv": (statement_csv, "text/csv; charset=utf-8"), "pdf": (statement_pdf, "application/pdf")}


@require_safe
@reauthentication_required
def statement(request, pot_id, kind):
    pot = get_object_or_404(visible_pots(request.user).select_related("subgroup"), pk=pot_id)
    make, content_type = STATEMENTS[kind]
    response = HttpResponse(make(pot_statement(pot)), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{pot.name}.{kind}")
    return response
