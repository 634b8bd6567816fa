from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community.pages.access import approvals_to_decide, may_approve
from community.pages.forms import EditorialRuleForm
from community.pages.services.approving import decide_approval, set_rule
from groups.subgroups.access import managed_subgroups
from theme.responses import page_or_partial, told


@require_POST
def decide(request, pk):
    if not may_approve(request.user):
        raise PermissionDenied
    approval = get_object_or_404(approvals_to_decide(request.user), pk=pk)
    yes, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "").strip()[:300]
    if told(request, decide_approval, approval=approval, by=request.user, yes=yes, reason=reason):
        messages.success(request, _("Approved. It appears as planned.") if yes else _("Sent back to who wrote it."))
    return redirect("announcement-report", pk=approval.announcement_id)


@require_http_methods(["GET", "HEAD", "POST"])
def editorial_rules(request):
    """Per group whether its announcements are looked at first."""
    if not may_approve(request.user):
        raise PermissionDenied
    groups = managed_subgroups(request.user).select_related("editorial_rule").order_by("name")
    form = EditorialRuleForm(request.POST or None, groups=groups)
    if request.method == "POST" and form.is_valid():
        set_rule(by=request.user, **form.cleaned_data)
        return redirect("editorial-rules")
    has_rules = any(hasattr(group, "editorial_rule") for group in groups)
    context = {"groups": groups, "has_rules": has_rules, "form": form}
    return page_or_partial(request, "pages/editorial_rules.html", context, status=422 if form.errors else 200)
