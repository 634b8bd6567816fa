"""The manager's desk of one subgroup: requests, invitations, members and roles, settings, rights."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.access import may_for_association, visible_members
from groups.people.proving import reauthentication_required
from groups.people.telling_apart import tell_apart
from groups.subgroups.access import (
    current_grants,
    inviting_subgroups,
    managed_subgroups,
    members_of,
    rights_of_roles,
)
from groups.subgroups.forms import (
    DecideForm,
    InviteAddressForm,
    LinkForm,
    OfferForm,
    PictureForm,
    RemoveForm,
    SubgroupForm,
    SuccessorForm,
)
from groups.subgroups.handover import what_hangs
from groups.subgroups.models import SubgroupRole
from groups.subgroups.modules import module_codes
from groups.subgroups.pages import subgroup_context
from groups.subgroups.queries import departure_totals, memberships_with_roles
from groups.subgroups.services import (
    change_picture,
    change_subgroup,
    confirm_description,
    decide_request,
    end_subgroup_role,
    invite_address,
    invite_member,
    make_link,
    offer_role,
    remove_member,
    revoke_invitation,
    switch_module,
    switch_right,
)
from theme.responses import form_accepts, page_or_partial, sent_id, told

PER_PAGE = 30


def own_desk(request, slug):
    return get_object_or_404(managed_subgroups(request.user), slug=slug)


def desk_page(request, subgroup, chip, template, status=200, partials=frozenset(), **context):
    values = {**subgroup_context(request, subgroup, "desk"), "desk_page": chip, **context}
    return page_or_partial(request, f"subgroups/desk/{template}.html", values, status=status, partials=partials)


@require_safe
def requests(request, slug):
    """What waits for a decision; an open page shows a new request by itself."""
    subgroup = own_desk(request, slug)
    waiting = subgroup.join_requests.filter(decided_at__isnull=True).select_related("member")
    replies = subgroup.removals.filter(replied_at__isnull=False, lifted_at__isnull=True).select_related("member")[:10]
    return desk_page(
        request,
        subgroup,
        "requests",
        "requests",
        partials={"waiting"},
        waiting=waiting,
        replies=replies,
        departures=departure_totals(subgroup),
        live=f"me desk.{subgroup.pk}",
    )


@require_POST
def decide(request, slug, request_id):
    subgroup = own_desk(request, slug)
    found = get_object_or_404(subgroup.join_requests.select_related("member"), pk=request_id)
    form = DecideForm(request.POST)
    if form.is_valid() and told(request, decide_request, join_request=found, by=request.user, **form.values()):
        yes = form.values()["accept"]
        words = _("%(name)s is in.") if yes else _("%(name)s has been told no.")
        messages.success(request, words % {"name": found.member.display_name})
    return redirect("desk-requests", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request, slug):
    """Invite a member, an address, or make a link. The link is shown once; what is kept cannot open anything."""
    subgroup = get_object_or_404(inviting_subgroups(request.user), slug=slug)
    admits = may_for_association(request.user, "manage_members")
    act = request.POST.get("act") if request.method == "POST" else None
    address_form = InviteAddressForm(request.POST if act == "address" else None, admits_newcomers=admits)
    link_form = LinkForm(request.POST if act == "link" else None, admits_newcomers=admits)
    link = ""
    if act == "member":
        return _invite_member(request, subgroup)
    if act == "address" and form_accepts(address_form, invite_address, by=request.user, subgroup=subgroup):
        messages.success(request, _("The invitation is on its way."))
        return redirect("desk-invitations", slug)
    if act == "link" and link_form.is_valid():
        made = told(request, _keep_link(request, subgroup), **link_form.link())
        link = request.new_link if made else ""
    search = request.GET.get("q", "").strip()[:60]
    return desk_page(
        request,
        subgroup,
        "invitations",
        "invitations",
        status=422 if address_form.errors or link_form.errors else 200,
        partials={"candidates"},
        open_invitations=_open_invitations(request, subgroup),
        candidates=_candidates(request, subgroup, search),
        search=search,
        address_form=address_form,
        link_form=link_form,
        link=link,
    )


def _keep_link(request, subgroup):
    def make(**values):
        _invitation, token = make_link(by=request.user, subgroup=subgroup, **values)
        request.new_link = request.build_absolute_uri(reverse("invitation", args=[token]))

    return make


def _open_invitations(request, subgroup):
    """A manager sees all open invitations; who may only invite sees their own."""
    rows = subgroup.invitations.open().select_related("invitee", "by")
    return rows if managed_subgroups(request.user).filter(pk=subgroup.pk).exists() else rows.filter(by=request.user)


def _candidates(request, subgroup, search):
    """Members found by name who are not in yet; without a name nobody is listed."""
    if not search:
        return []
    found = visible_members(request.user).exclude(pk__in=members_of(subgroup).values("pk")).exclude(consent="nobody")
    for word in search.split()[:3]:
        found = found.filter(first_name__icontains=word) | found.filter(last_name__icontains=word)
    return tell_apart(request.user, found[:10])


def _invite_member(request, subgroup):
    member = get_object_or_404(visible_members(request.user), pk=sent_id(request.POST, "member"))
    if told(request, invite_member, subgroup=subgroup, member=member, by=request.user):
        messages.success(request, _("%(name)s has been invited.") % {"name": member.display_name})
    return redirect("desk-invitations", subgroup.slug)


@require_POST
def revoke(request, slug, invitation_id):
    subgroup = get_object_or_404(inviting_subgroups(request.user), slug=slug)
    invitation = get_object_or_404(_open_invitations(request, subgroup), pk=invitation_id)
    revoke_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect("desk-invitations", slug)


@require_safe
def members(request, slug):
    subgroup = own_desk(request, slug)
    search = request.GET.get("q", "").strip()[:60]
    page = Paginator(memberships_with_roles(subgroup, search), PER_PAGE).get_page(request.GET.get("page"))
    return desk_page(request, subgroup, "members", "members", page=page, search=search, partials={"found"})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def member(request, slug, member_id):
    """One member on the desk: the roles held, a role to offer, and the way out."""
    subgroup = own_desk(request, slug)
    person = get_object_or_404(members_of(subgroup), pk=member_id)
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        values["replaces"] = request.user if values.pop("hand_over") else None
        if told(request, offer_role, subgroup=subgroup, member=person, by=request.user, **values):
            messages.success(request, _("%(name)s has been asked.") % {"name": person.display_name})
        return redirect("desk-member", slug, member_id)
    grants = current_grants(subgroup, person)
    context = {"person": person, "form": form, "grants": grants, "is_self": person == request.user}
    return desk_page(request, subgroup, "members", "member", status=422 if form.errors else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, slug, member_id):
    subgroup = own_desk(request, slug)
    person = get_object_or_404(members_of(subgroup), pk=member_id)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form_accepts(
        form, remove_member, subgroup=subgroup, member=person, by=request.user
    ):
        messages.success(request, _("%(name)s is no longer in the group.") % {"name": person.display_name})
        return redirect("desk-members", slug)
    return desk_page(
        request, subgroup, "members", "remove", status=422 if form.errors else 200, person=person, form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def end_role(request, slug, grant_id):
    """What hangs on the role, and who takes it over; then the role ends."""
    subgroup = own_desk(request, slug)
    grant = get_object_or_404(current_grants(subgroup), pk=grant_id)
    person = grant.membership.member
    others = members_of(subgroup).exclude(pk=person.pk)
    sent = request.POST if request.method == "POST" else None
    form = SuccessorForm(sent, people=others, hanging=what_hangs(subgroup, grant.role, person), by=request.user)
    if request.method == "POST" and form_accepts(form, end_subgroup_role, grant=grant, by=request.user):
        messages.success(request, _("The role has ended."))
        return redirect("desk-member", slug, person.pk)
    context = {"grant": grant, "person": person, "form": form}
    return desk_page(request, subgroup, "members", "end_role", status=422 if form.errors else 200, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request, slug):
    subgroup = own_desk(request, slug)
    form = SubgroupForm(request.POST or None, instance=own_desk(request, slug))
    if request.method == "POST" and form_accepts(form, change_subgroup, subgroup=subgroup, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("desk-settings", slug)
    return _settings_page(request, subgroup, form, PictureForm())


def _settings_page(request, subgroup, form, picture_form):
    status = 422 if form.errors or picture_form.errors else 200
    return desk_page(request, subgroup, "settings", "settings", status=status, form=form, picture_form=picture_form)


@require_http_methods(["GET", "HEAD", "POST"])
def picture(request, slug):
    """Another picture of the group, or none; it is chosen among the settings, where an address typed by hand leads."""
    subgroup = own_desk(request, slug)
    if request.method != "POST":
        return redirect("desk-settings", slug)
    form = PictureForm(request.POST, request.FILES)
    if form_accepts(form, change_picture, subgroup=subgroup, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("desk-settings", slug)
    return _settings_page(request, subgroup, SubgroupForm(instance=subgroup), form)


@require_POST
def description_holds(request, slug):
    subgroup = own_desk(request, slug)
    confirm_description(subgroup=subgroup, by=request.user)
    messages.success(request, _("Thank you. We ask again in a year."))
    return redirect("desk-settings", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def rights(request, slug):
    """Switches: which parts the group has, and what plain members and other roles may do in it."""
    subgroup = own_desk(request, slug)
    if request.method == "POST":
        _switch(request, subgroup)
        messages.success(request, _("Saved."))
        return redirect("desk-rights", slug)
    roles = [SubgroupRole.MEMBER, SubgroupRole.MODERATOR, SubgroupRole.GELDCHEF]
    return desk_page(
        request,
        subgroup,
        "rights",
        "rights",
        table=rights_of_roles(subgroup, roles),
        roles=[role.label for role in roles],
    )


def _switch(request, subgroup):
    """One switch per press: a part of the group, or one right of one role."""
    on = request.POST.get("on") == "1"
    if module := request.POST.get("module"):
        if module not in module_codes():
            raise PermissionDenied
        told(request, switch_module, subgroup=subgroup, module=module, on=on, by=request.user)
        return
    role, _sep, right = request.POST.get("right", "").partition(":")
    if role not in SubgroupRole.values or role == SubgroupRole.MANAGER:
        raise PermissionDenied
    told(request, switch_right, subgroup=subgroup, role=role, right=right, on=on, by=request.user)
