"""Asking for help by letting somebody look along, and looking along."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.access import helpers_for, may_for_association, support_lines, support_of, support_to_give
from groups.people.forms import SupportForm
from groups.people.looking_along import HELPING
from groups.people.proving import reauthentication_required
from groups.people.services.support import end_support, grant_support, open_support
from theme.responses import form_accepts, page_or_partial, told


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def support(request):
    """The member's side: let somebody look, see what they opened, end it."""
    form = SupportForm(request.POST or None, helpers=helpers_for(request.user))
    if request.method == "POST" and form_accepts(form, grant_support, member=request.user):
        messages.success(request, _("Done. Every page says that somebody may look, and you can end it there."))
        return redirect("support")
    context = {
        "form": form,
        "accesses": support_of(request.user)[:10],
        "lines": support_lines(request.user)[:60],
    }
    return page_or_partial(request, "people/support.html", context, status=422 if form.errors else 200)


@require_POST
def end_own_support(request):
    for access in support_of(request.user).running():
        end_support(access=access, by=request.user)
    messages.success(request, _("Ended. Nobody sees the house as you do any more."))
    return redirect("support")


@require_safe
def support_desk(request):
    """The helper's side: who asked me to look along."""
    if not may_for_association(request.user, "look_along"):
        raise PermissionDenied
    return page_or_partial(request, "people/support_desk.html", {"accesses": support_to_give(request.user)})


@require_POST
@reauthentication_required
def start_looking_along(request, access_id):
    access = get_object_or_404(support_to_give(request.user), pk=access_id)
    if not told(request, open_support, access=access, by=request.user):
        return redirect("support-desk")
    request.session[HELPING] = access.pk
    return redirect("home")


@require_POST
def stop_looking_along(request):
    """The helper is done: the leave ends too, and a next look needs a new one."""
    access = support_to_give(request.user).filter(pk=request.session.pop(HELPING, None)).first()
    if access is None:
        raise PermissionDenied
    end_support(access=access, by=request.user)
    messages.success(request, _("You see the house as yourself again, and the leave has ended."))
    return redirect("support-desk")
