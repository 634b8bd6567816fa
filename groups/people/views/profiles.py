"""The directory, a member's page, and the own profile as others see it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.people.access import audience_of, visible_members
from groups.people.directory import among, filters
from groups.people.forms import ProfileForm
from groups.people.models import Audience
from groups.people.profile_parts import action_registry, answers, section_registry, with_lines
from groups.people.queries import Filter, directory, profile_for, suggested_people
from groups.people.services import answer_fields, change_photo, change_profile, choose_interests, dismiss, note_look
from theme.responses import page_or_partial, told

PER_PAGE = 30
PREVIEWS = (Audience.MEMBERS, Audience.GROUPS, Audience.MANAGERS, Audience.BOARD)


@require_safe
def member_directory(request):
    """Who said yes to being found, by name, interest, group or role."""
    search = request.GET.get("q", "").strip()[:60]
    interest, chosen = request.GET.get("interest", ""), request.GET.get("in", "")
    wanted = Filter(search, int(interest) if interest.isdigit() else None, among(request, chosen))
    page = Paginator(directory(request.user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    with_lines(page)
    context = {
        "page": page,
        "search": search,
        "chosen": chosen,
        "filters": filters(request),
        "interest": wanted.interest,
        "suggestions": [] if search or chosen else suggested_people(request.user),
    }
    return page_or_partial(request, "people/directory.html", context, partials={"found"})


@require_safe
def member_page(request, member_id):
    [person] = with_lines([get_object_or_404(visible_members(request.user), pk=member_id)])
    audience = audience_of(request.user, person)
    profile = profile_for(person, audience)
    note_look(by=request.user, person=person, audience=audience, values=profile.values)
    context = {
        "person": person,
        "profile": profile,
        "is_self": person == request.user,
        "sections": answers(section_registry, request, person),
        "actions": answers(action_registry, request, person),
    }
    return page_or_partial(request, "people/member.html", context)


@require_safe
def portrait(request, member_id):
    member = get_object_or_404(visible_members(request.user), pk=member_id)
    if not member.photo:
        raise Http404
    response = FileResponse(member.photo.open(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def own_profile(request):
    form = ProfileForm(request.POST or None, request.FILES or None, instance=_myself(request))
    if request.method == "POST" and form.is_valid() and save_profile(request, form):
        messages.success(request, _("Saved. This is how others see you."))
        return redirect("preview-profile")
    return page_or_partial(request, "people/profile_form.html", {"form": form}, status=422 if form.errors else 200)


def save_profile(request, form) -> bool:
    """Store what the form holds; a photo that cannot be used is an error on the form."""
    member = _myself(request)
    change_profile(member=member, **form.own_values())
    answer_fields(member=member, answers=form.answers())
    choose_interests(member=member, **form.interests())
    upload = form.cleaned_data.get("photo_file")
    if upload or form.cleaned_data.get("without_photo"):
        return told(request, change_photo, member=member, upload=upload)
    return True


def _myself(request):
    return visible_members(request.user).get(pk=request.user.pk)


@require_safe
def preview_profile(request):
    """The own profile exactly as the chosen audience gets it."""
    audience = request.GET.get("as", Audience.MEMBERS)
    if audience not in PREVIEWS:
        raise Http404
    person = _myself(request)
    context = {
        "person": person,
        "profile": profile_for(person, audience),
        "audiences": [(each.value, each.label) for each in PREVIEWS],
        "audience": audience,
    }
    return page_or_partial(request, "people/preview.html", context)


@require_POST
def dismiss_suggestion(request):
    """Never suggest this person or group again."""
    about = request.POST.get("about", "")
    kind, _sep, number = about.partition(":")
    if kind not in ("member", "subgroup") or not number.isdigit():
        raise Http404
    dismiss(member=request.user, about=about)
    return redirect("subgroups" if kind == "subgroup" else "directory")
