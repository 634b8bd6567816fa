"""The page of an invitation: what the group is for, how big, who runs it, its rules; yes, no, or a question."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.subgroups.access import invitations_to
from groups.subgroups.entrance import keep_for_signup
from groups.subgroups.forms import InvitationAnswerForm, QuestionForm
from groups.subgroups.queries import with_managers
from groups.subgroups.services import accept_invitation, ask_about_invitation, decline_invitation, open_invitation
from groups.subgroups.services.arrivals import NAME_WORDS
from groups.subgroups.services.invitations import is_meant_for
from theme.responses import form_accepts, page_or_partial, told


@require_safe
@login_not_required
def invitation(request, token):
    found = open_invitation(token)
    if found is None:
        return gone(request)
    if found.invitee_id and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _page(request, found, token)


def gone(request):
    """One page for every link that opens nothing, whatever the reason; it names nobody."""
    return page_or_partial(request, "subgroups/invitation_gone.html", {}, status=404)


def _page(request, found, token="", form=None, status=200):
    subgroup = with_managers([found.subgroup])[0] if found.subgroup else None
    context = {
        "invitation": found,
        "subgroup": subgroup,
        "token": token,
        "form": form or QuestionForm(),
        "name_words": NAME_WORDS,
        "is_for_me": request.user.is_authenticated and is_meant_for(found, request.user),
    }
    return page_or_partial(request, "subgroups/invitation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def answer(request, token, act):
    """start: make an account first · accept · decline · ask. A link in a mail only asks; the button answers."""
    if request.method == "POST" and (refused := ratelimit.consume_or_429(request, action="answer_invitation")):
        return refused
    found = open_invitation(token)
    if found is None:
        return gone(request)
    if request.method != "POST":
        if act != "decline" or found.is_link:
            return redirect("invitation", token)
        return page_or_partial(request, "subgroups/invitation_decline.html", {"invitation": found, "token": token})
    if act == "start" and not request.user.is_authenticated:
        keep_for_signup(request, found, _may_be_named(request))
        return redirect("account_signup")
    return _answer(request, found, act, token)


def _answer(request, found, act, token=""):
    member = request.user if request.user.is_authenticated else None
    if act == "decline":
        form = InvitationAnswerForm(request.POST)
        tell = form.is_valid() and form.cleaned_data["tell_inviter"]
        told(request, decline_invitation, invitation=found, member=member, tell_inviter=tell)
        return page_or_partial(request, "subgroups/invitation_declined.html", {})
    if act == "ask":
        return _ask(request, found, member, token)
    if act != "accept":
        raise Http404
    if member is None:
        return redirect_to_login(reverse("invitation", args=[token]))
    if not told(request, accept_invitation, invitation=found, member=member, is_named=_may_be_named(request)):
        return redirect("subgroups")
    messages.success(request, _("Welcome. You are in."))
    return redirect(found.subgroup or "home")


def _may_be_named(request) -> bool:
    return request.POST.get("is_named") == "on"


def _ask(request, found, member, token):
    form = QuestionForm(request.POST)
    if not form_accepts(form, ask_about_invitation, invitation=found, sender=member):
        return _page(request, found, token, form, 422)
    messages.success(request, _("Your question has been sent to %(name)s.") % {"name": found.by.display_name})
    return redirect(request.path.removesuffix("ask/"))


@require_safe
def my_invitation(request, invitation_id):
    return _page(request, _mine(request, invitation_id))


@require_POST
def answer_mine(request, invitation_id, act):
    return _answer(request, _mine(request, invitation_id), act)


def _mine(request, invitation_id):
    return get_object_or_404(invitations_to(request.user), pk=invitation_id)
