"""The member's sessions with the choice when they lock, and the rules of safety for who has a role."""

from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.people.access import may_for_association
from groups.people.forms import IdleForm, SafetyForm
from groups.people.proving import reauthentication_required
from groups.people.safety import change_safety_rules, choose_idle, idle_seconds, safety_rules, were_rules_chosen
from theme.responses import form_accepts, page_or_partial


class Sessions(ListUserSessionsView):
    """allauth's list, with the choice beside it."""

    def get_context_data(self, **kwargs):
        member, term = self.request.user, idle_seconds(self.request.user)
        chosen = member.idle_minutes
        shorter = term // 60 if term and (not chosen or term < chosen * 60) else None
        form = IdleForm(initial={"idle_minutes": chosen})
        return {**super().get_context_data(**kwargs), "idle_form": form, "idle_bound": shorter}


@require_POST
def idle_choice(request):
    form = IdleForm(request.POST)
    if form_accepts(form, choose_idle, member=request.user):
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose one of the times in the list."))
    return redirect("usersessions_list")


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def safety(request):
    if not may_for_association(request.user, "manage_roles"):
        raise PermissionDenied
    rules = safety_rules()
    initial = {"second_factor_for": sorted(rules.second_factor_for), "idle_minutes": rules.idle_minutes}
    form = SafetyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form_accepts(form, change_safety_rules, by=request.user):
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("safety-rules")
    context = {"form": form, "has_history": were_rules_chosen()}
    return page_or_partial(request, "people/safety.html", context, status=422 if form.errors else 200)
