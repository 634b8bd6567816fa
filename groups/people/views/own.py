"""The own settings, the welcome in four steps, and acting for a child."""

from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.people.access import guardian_behind, visible_members, wards_of
from groups.people.audit import record
from groups.people.forms import NameAndPhotoForm, SettingsForm, WhatOthersSeeForm
from groups.people.profile_parts import answers, settings_registry
from groups.people.services import change_profile
from groups.people.views.profiles import save_profile
from groups.people.welcome import STEPS, step_context
from theme.responses import page_or_partial

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STEP_FORMS = {1: NameAndPhotoForm, 2: WhatOthersSeeForm}


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request):
    """Each group of choices is a form of its own that saves at once."""
    form = SettingsForm(request.POST or None, instance=visible_members(request.user).get(pk=request.user.pk))
    if request.method == "POST":
        _keep_only_sent(form, request.POST)
        if form.is_valid():
            change_profile(member=request.user, **form.cleaned_data)
            with translation.override(request.user.language or translation.get_language()):
                messages.success(request, _("Saved."))
            return redirect(f"{reverse('settings')}#{request.POST.get('part', '')}")
    context = {
        "form": form,
        "links": answers(settings_registry, request),
        "children": wards_of(request.user),
        "language": request.LANGUAGE_CODE,
    }
    return page_or_partial(request, "people/settings.html", context, status=422 if form.errors else 200)


def _keep_only_sent(form, sent) -> None:
    """A form of one part must not reset the others; an unticked box is sent as the name in `part`."""
    for name in list(form.fields):
        if name not in sent and name != sent.get("part"):
            del form.fields[name]


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request, step=None):
    """Four steps that can be skipped: name and photo, what others see, groups, notices."""
    step = step or request.user.welcome_step or 1
    if step not in STEPS:
        raise Http404
    form_of_step = STEP_FORMS.get(step)
    form = form_of_step and form_of_step(request.POST or None, request.FILES or None, instance=_myself(request))
    if request.method == "POST":
        skipped = "skip" in request.POST
        if skipped or form is None or (form.is_valid() and save_profile(request, form)):
            return _next(request, step)
    context = {"step": step, "steps": len(STEPS), "form": form, **step_context(request, step)}
    return page_or_partial(
        request, f"people/welcome/step{step}.html", context, status=422 if form is not None and form.errors else 200
    )


def _next(request, step):
    following = 0 if step == max(STEPS) or "stop" in request.POST else step + 1
    change_profile(member=request.user, welcome_step=following)
    return redirect("welcome-step", following) if following else redirect("home")


def _myself(request):
    return visible_members(request.user).get(pk=request.user.pk)


@require_POST
def act_for(request, member_id):
    """A guardian goes on as the child: what the child does carries the child's name only."""
    if "guardian" in request.session:
        raise PermissionDenied
    guardian = request.user
    child = get_object_or_404(wards_of(guardian), pk=member_id)
    login(request, child, backend=BACKEND)
    request.session["guardian"], request.session["guardian_hash"] = guardian.pk, guardian.get_session_auth_hash()
    record(by=guardian, act="guardian.acts", about=child)
    messages.success(request, _("You act for %(name)s now.") % {"name": child.first_name})
    return redirect("home")


@require_POST
def act_as_myself(request):
    guardian = guardian_behind(request)
    if guardian is None:
        raise PermissionDenied
    login(request, guardian, backend=BACKEND)
    messages.success(request, _("You are yourself again."))
    return redirect("home")
