"""The history of the settings of the house: who changed what, and putting it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from groups.people.history.kept import kept_settings, values
from groups.people.history.reading import all_rows, changes, find_kept, shown
from groups.people.history.services import put_back
from groups.people.proving import reauthentication_required
from theme.responses import page_or_partial, told

PER_PAGE = 30


@require_safe
def setting_histories(request):
    """Everything of which the member may see the history, by kind."""
    kinds = all_rows(request.user)
    if not kinds:
        raise PermissionDenied
    return page_or_partial(request, "people/settings_kept.html", {"kinds": kinds})


def _found(request, code, key):
    found = find_kept(request.user, code, key)
    if found is None:
        raise Http404
    return found


@require_safe
def setting_history(request, code, key):
    settings, row = _found(request, code, key)
    page = Paginator(changes(f"{code}:{key}"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "settings": settings,
        "row": row,
        "key": key,
        "page": page,
        "changes": shown(settings, row, page, values(settings, row)),
        "back": settings.page(row),
    }
    return page_or_partial(request, "people/setting_history.html", context)


def _weighs(request) -> bool:
    # By the address: what waited for proof comes in through the door of the proof.
    settings = kept_settings(resolve(request.path_info).kwargs["code"])
    return settings is not None and settings.weighs


@require_POST
@reauthentication_required(enabled=_weighs)
def put_setting_back(request, code, key, entry_id):
    settings, row = _found(request, code, key)
    entry = get_object_or_404(changes(f"{code}:{key}"), pk=entry_id)
    if told(request, put_back, settings=settings, row=row, entry=entry, by=request.user):
        messages.success(request, _("Put back. It counts from now on."))
    return redirect("setting-histories") if entry.details.get("gone") else redirect("setting-history", code, key)
