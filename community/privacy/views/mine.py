"""The member's own data: who sees it, taking it along, and having it erased."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.privacy.access import (
    data_about,
    may_keep_registers,
    my_exports,
    my_groups,
    people_with_sight,
    times_all_was_taken,
)
from community.privacy.consents import consent_states, purposes_for
from community.privacy.erasure import ask_erasure, erasure_under_way, withdraw_erasure
from community.privacy.forms import ErasureForm
from community.privacy.services import answer_consent, ask_export, exports_folder
from groups.agreements.queries import acceptances_of
from groups.people.proving import reauthentication_required
from theme.personal_data import all_personal_data, waits_for
from theme.responses import form_accepts, page_or_partial, told

LOOKS_SHOWN = 50


@require_safe
def privacy(request):
    context = {
        "consents": consent_states(request.user),
        "acceptances": acceptances_of(request.user)[:50],
        "exports": my_exports(request.user)[:5],
        "now": timezone.now(),
        "erasure": erasure_under_way(request.user),
    }
    return page_or_partial(request, "privacy/privacy.html", context)


@require_safe
def who_sees_me(request):
    context = {
        "data": [(data, count) for data, count in data_about(request.user) if count],
        "roles": people_with_sight(),
        "memberships": my_groups(request.user),
        "looks": request.user.looks.all()[:LOOKS_SHOWN],
        "exports": times_all_was_taken(request.user)[:LOOKS_SHOWN],
    }
    return page_or_partial(request, "privacy/who_sees_me.html", context)


@require_safe
def processing(request):
    """The register of processing: what the house holds of anybody. Open to every member."""
    context = {"data": all_personal_data(), "may_keep": may_keep_registers(request.user)}
    return page_or_partial(request, "privacy/processing.html", context)


@require_POST
def consent(request, code):
    if code not in {purpose.code for purpose in purposes_for(request.user)}:
        raise Http404
    answer_consent(member=request.user, code=code, is_given=request.POST.get("answer") == "yes")
    messages.success(request, _("Saved. You can change it whenever you like."))
    return redirect("privacy")


@require_POST
@reauthentication_required
def export(request):
    if told(request, ask_export, member=request.user):
        messages.success(request, _("We are collecting your data. You get a notification when it is ready."))
    return redirect("privacy")


@require_safe
@reauthentication_required
def download(request, export_id):
    """Owner only, and only on its day: to anybody else the file does not exist."""
    found = get_object_or_404(my_exports(request.user), pk=export_id, expires_at__gt=timezone.now())
    path = exports_folder() / found.file
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"paraplu-{found.ready_at:%Y-%m-%d}.zip")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erasure(request):
    under_way = erasure_under_way(request.user)
    form = ErasureForm(request.POST or None, initial={"posts": "unname"})
    if request.method == "POST" and form_accepts(form, ask_erasure, member=request.user):
        messages.success(request, _("In seven days your account is erased. Until then you can withdraw it."))
        return redirect("privacy-erasure")
    context = {"form": form, "erasure": under_way, "data": all_personal_data(), "waits_for": waits_for(request.user)}
    return page_or_partial(request, "privacy/erasure.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request):
    if told(request, withdraw_erasure, member=request.user):
        messages.success(request, _("Good that you stay. Your account is not going to be erased."))
    return redirect("privacy")
