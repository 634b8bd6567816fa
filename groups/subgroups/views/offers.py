"""Answers that only one person can give: to an offered role, and to a removal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from groups.subgroups.access import offers_to, visible_removals
from groups.subgroups.forms import DecideForm, ReplyForm
from groups.subgroups.handover import what_hangs
from groups.subgroups.services import answer_offer, lift_ban, reply_to_removal
from theme.responses import form_accepts, page_or_partial, told


@require_http_methods(["GET", "HEAD", "POST"])
def role_offer(request, offer_id):
    offer = get_object_or_404(offers_to(request.user), pk=offer_id)
    subgroup = offer.membership.subgroup
    if request.method == "POST":
        form = DecideForm(request.POST)
        accept = form.is_valid() and form.values()["accept"]
        if told(request, answer_offer, offer=offer, member=request.user, accept=accept):
            words = _("You are %(role)s now.") if accept else _("You said no. Nothing changes.")
            messages.success(request, words % {"role": offer.get_role_display()})
        return redirect(subgroup)
    hanging = what_hangs(subgroup, offer.role, offer.replaces) if offer.replaces else []
    return page_or_partial(
        request, "subgroups/role_offer.html", {"offer": offer, "subgroup": subgroup, "hanging": hanging}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request, removal_id):
    """Who was put out reads why and replies; who decides on it reads the reply and may let them back."""
    found = get_object_or_404(visible_removals(request.user), pk=removal_id)
    is_mine = found.member_id == request.user.pk
    form = ReplyForm(request.POST or None) if is_mine and not found.replied_at else None
    if request.method == "POST" and not is_mine:
        lift_ban(removal=found, by=request.user)
        messages.success(request, _("The member may come back."))
        return redirect("removal", removal_id)
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form_accepts(form, reply_to_removal, removal=found, member=request.user):
            messages.success(request, _("Your reply has been sent."))
            return redirect("removal", removal_id)
    context = {"removal": found, "form": form, "is_mine": is_mine}
    return page_or_partial(
        request, "subgroups/removal.html", context, status=422 if form is not None and form.errors else 200
    )
