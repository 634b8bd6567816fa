"""The association's view over all groups: places used, proposals, new groups, newcomers, and a group's future."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.access import all_members, may_for_association
from groups.people.proving import reauthentication_required
from groups.people.views.desk import picked
from groups.subgroups.access import ambassador_links, archived_subgroups, managed_subgroups, members_of, open_proposals
from groups.subgroups.forms import (
    AmbassadorForm,
    DecideForm,
    InviteAddressForm,
    MergeForm,
    NewSubgroupForm,
    RemoveForm,
    SplitForm,
)
from groups.subgroups.queries import umbrella_figures, with_names
from groups.subgroups.services import (
    appoint_ambassador,
    archive_subgroup,
    create_subgroup,
    decide_proposal,
    expel_member,
    invite_address,
    merge_subgroups,
    propose_subgroup,
    renew_link,
    reopen_subgroup,
    revoke_invitation,
    split_subgroup,
)
from groups.subgroups.views.desk import desk_page, own_desk
from theme.responses import form_accepts, page_or_partial, sent_id, told


def only_with(right):
    """For who holds a right of the association today; everybody else is told that this is not theirs to do."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may_for_association(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


@require_safe
@only_with("manage_subgroups")
def umbrella(request):
    context = {
        "figures": umbrella_figures(managed_subgroups(request.user)),
        "subgroups": managed_subgroups(request.user).order_by("-member_count", "name"),
        "proposals": open_proposals(request.user),
        "archived": archived_subgroups(request.user)[:50],
    }
    return page_or_partial(request, "subgroups/umbrella.html", context)


@require_POST
@only_with("manage_subgroups")
def reopen(request, slug):
    subgroup = get_object_or_404(archived_subgroups(request.user), slug=slug)
    if told(request, reopen_subgroup, subgroup=subgroup, by=request.user):
        messages.success(request, _("%(group)s is open again.") % {"group": subgroup.name})
    return redirect("umbrella")


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_subgroups")
def new_subgroup(request):
    form = NewSubgroupForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, create_subgroup, by=request.user, manager=request.user):
        messages.success(request, _("The group is there. Look at its settings and invite people."))
        return redirect("desk-settings", form.result.slug)
    return page_or_partial(
        request, "subgroups/new.html", {"form": form, "is_proposal": False}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request):
    """Every member can propose a group; whoever may make groups is sent on to do so."""
    if may_for_association(request.user, "manage_subgroups"):
        return redirect("new-subgroup")
    form = NewSubgroupForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, propose_subgroup, by=request.user):
        messages.success(request, _("Your proposal is with the community managers. You hear from them."))
        return redirect("subgroups")
    return page_or_partial(
        request, "subgroups/new.html", {"form": form, "is_proposal": True}, status=422 if form.errors else 200
    )


@require_POST
@only_with("manage_subgroups")
def decide(request, proposal_id):
    proposal = get_object_or_404(open_proposals(request.user), pk=proposal_id)
    form = DecideForm(request.POST)
    if form.is_valid() and told(request, decide_proposal, proposal=proposal, by=request.user, **form.values()):
        messages.success(request, _("Your answer has been sent to %(name)s.") % {"name": proposal.by.display_name})
    return redirect("umbrella")


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
def invite_newcomers(request):
    """Ask somebody into the association by mail, without a group."""
    form = InviteAddressForm(request.POST or None, admits_newcomers=True)
    del form.fields["guest_until"]
    form.fields["kind"].required = True
    if request.method == "POST" and form_accepts(form, invite_address, by=request.user):
        messages.success(request, _("The invitation is on its way."))
        return redirect("invite-newcomers")
    return page_or_partial(request, "subgroups/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
@reauthentication_required
def expel(request, member_id):
    """Put somebody out of the association, with the reason that they read and a chance to answer."""
    person = get_object_or_404(all_members(request.user), pk=member_id)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, expel_member, member=person, by=request.user):
        messages.success(request, _("%(name)s is no longer a member.") % {"name": person.display_name})
        return redirect("member-record", member_id)
    context = {"person": person, "form": form}
    return page_or_partial(request, "subgroups/expel.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_members")
def ambassadors(request):
    """Members with a link of their own: how many came through it is a number, without names."""
    if request.method == "POST" and "withdraw" in request.POST:
        found = get_object_or_404(ambassador_links(request.user), pk=sent_id(request.POST, "withdraw"))
        revoke_invitation(invitation=found, by=request.user)
        return redirect("ambassadors")
    choice = picked(request)
    form = AmbassadorForm(request.POST or None)
    if request.method == "POST" and choice["picked"] and form.is_valid():
        appoint_ambassador(member=choice["picked"], by=request.user, **form.link())
        messages.success(request, _("%(name)s gets the link.") % {"name": choice["picked"].display_name})
        return redirect("ambassadors")
    context = {"form": form, "links": ambassador_links(request.user), **choice}
    return page_or_partial(request, "subgroups/ambassadors.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def own_link(request):
    """An ambassador's own page: how many came, and a fresh link to share; the one before no longer works."""
    links = ambassador_links(request.user).filter(by=request.user)
    link = ""
    if request.method == "POST":
        found = get_object_or_404(links, pk=sent_id(request.POST, "invitation"))
        link = request.build_absolute_uri(reverse("invitation", args=[renew_link(invitation=found)]))
    return page_or_partial(request, "subgroups/own_link.html", {"links": with_names(links), "link": link})


@require_http_methods(["GET", "HEAD", "POST"])
@only_with("manage_subgroups")
@reauthentication_required
def future(request, slug):
    """Split, let go up in another group, or archive. Nothing that was written is lost by any of these."""
    subgroup = own_desk(request, slug)
    act = request.POST.get("act") if request.method == "POST" else None
    others = managed_subgroups(request.user).exclude(pk=subgroup.pk)
    split = SplitForm(request.POST if act == "split" else None, members=members_of(subgroup))
    merge = MergeForm(request.POST if act == "merge" else None, subgroups=others)
    if act == "split" and form_accepts(split, split_subgroup, subgroup=subgroup, by=request.user):
        messages.success(request, _("There are two groups now."))
        return redirect("desk-settings", split.result.slug)
    if act == "merge" and form_accepts(merge, merge_subgroups, source=subgroup, by=request.user):
        messages.success(request, _("The members are in %(group)s now.") % {"group": merge.result.name})
        return redirect("desk-members", merge.result.slug)
    if act == "archive" and told(request, archive_subgroup, subgroup=subgroup, by=request.user):
        messages.success(request, _("The group has been archived. Its members can still read back."))
        return redirect("umbrella")
    return desk_page(
        request,
        subgroup,
        "future",
        "future",
        status=422 if split.errors or merge.errors else 200,
        split=split,
        merge=merge,
        today=timezone.localdate(),
    )
