"""A lost device, for the member; and data breaches, for the privacy officer."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.privacy.access import visible_breaches, visible_losses
from community.privacy.breaches import enter_breach, lose_device, save_breach
from community.privacy.drafts import kind_names
from community.privacy.forms import BreachForm, BreachTextsForm
from community.privacy.reach import devices_of, reach_of, role_names
from community.privacy.views.desk import for_the_officer
from groups.people.proving import reauthentication_required
from theme.responses import form_accepts, page_or_partial, sent_id


@require_http_methods(["GET", "HEAD", "POST"])
def lost_device(request, session_id):
    """What the lost device can open, and one button that signs it out. No proof is asked: speed is what counts."""
    others = devices_of(request.user).exclude(session_key=request.session.session_key)
    session = get_object_or_404(others, pk=session_id)
    if request.method == "POST":
        lose_device(member=request.user, session=session)
        messages.success(
            request, _("Signed out. Choose a new password too, and turn pushes on again on your other devices.")
        )
        return redirect("account_change_password")
    reach = reach_of(request.user, session.created_at)
    context = {"session": session, "reach": reach, "roles": role_names(reach.roles)}
    return page_or_partial(request, "privacy/lost_device.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_officer
def new_breach(request):
    losses = visible_losses(request.user)
    loss = losses.filter(pk=sent_id(request.GET, "loss")).first()
    first = {"discovered_at": timezone.localtime(), "loss": loss}
    if loss:
        first["title"] = _("Lost device")
        first["subgroups"] = loss.reach.get("groups", [])
    form = BreachForm(request.POST or None, initial=first, losses=losses, by=request.user)
    if request.method == "POST" and form_accepts(form, enter_breach, by=request.user):
        messages.success(request, _("Entered. First texts are ready: read them and change what has to be changed."))
        return redirect("breach", form.result.pk)
    return page_or_partial(request, "privacy/new_breach.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_officer
@reauthentication_required(allow_get=True)
def breach(request, breach_id):
    visible = visible_breaches(request.user)
    found = get_object_or_404(visible, pk=breach_id)
    form = BreachTextsForm(request.POST or None, instance=visible.get(pk=breach_id))
    closes = "close" in request.POST
    if request.method == "POST" and form_accepts(form, save_breach, by=request.user, breach=found, closes=closes):
        messages.success(request, _("Closed.") if closes else _("Saved."))
        return redirect("privacy-requests" if closes else "breach", *([] if closes else [breach_id]))
    context = {"breach": found, "form": form, "kinds": kind_names(found.kinds)}
    return page_or_partial(request, "privacy/breach.html", context, status=422 if form.errors else 200)
