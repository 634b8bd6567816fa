from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.albums.access import may_remove_photo, open_objections, own_objections, showable_photos, visible_photos
from groups.albums.forms import DescriptionForm, KeepForm
from groups.albums.queries import neighbours
from groups.albums.reporting import report_path
from groups.albums.services import describe_photo, keep_photo, object_to, remove_photo, take_back
from theme.responses import form_accepts, page_or_partial, told
from theme.serving import serve_private

EDIT = require_http_methods(["GET", "HEAD", "POST"])


def _photo(request, photo_id):
    found = visible_photos(request.user).select_related("album__subgroup", "album__event", "added_by")
    return get_object_or_404(found, pk=photo_id)


@EDIT
def photo(request, photo_id):
    found = _photo(request, photo_id)
    may_remove = may_remove_photo(request.user, found)
    if request.method == "POST" and not may_remove:
        raise PermissionDenied
    form = DescriptionForm(request.POST or None, initial={"description": found.description})
    if request.method == "POST" and form_accepts(form, describe_photo, photo=found):
        return redirect(found)
    before, after = neighbours(found, visible_photos(request.user))
    context = {"photo": found, "before": before, "after": after, "may_remove": may_remove, "form": form}
    context["may_report"] = found.added_by_id not in (None, request.user.pk)
    context["is_own"] = found.added_by_id == request.user.pk
    return page_or_partial(request, "albums/photo.html", context, status=422 if form.errors else 200)


@require_safe
def large(request, photo_id):
    found = get_object_or_404(showable_photos(request.user), pk=photo_id)
    return _unkept(serve_private(request, found.file, name=found.name, content_type="image/webp"))


@require_safe
def small(request, photo_id):
    found = get_object_or_404(showable_photos(request.user), pk=photo_id)
    return _unkept(serve_private(request, found.small, name=found.name, content_type="image/webp"))


def _unkept(response):
    """A photo that somebody wants gone must not live on in a browser for long."""
    response["Cache-Control"] = "private, max-age=300"
    return response


@require_POST
def remove(request, photo_id):
    found = _photo(request, photo_id)
    if not may_remove_photo(request.user, found):
        raise PermissionDenied
    remove_photo(photo=found, by=request.user)
    messages.success(request, _("The photo is gone."))
    return redirect(found.album)


@require_POST
def report(request, photo_id):
    """On to the form of the moderators."""
    found = _photo(request, photo_id)
    if found.added_by_id in (None, request.user.pk):
        raise PermissionDenied
    return redirect(report_path(found))


@require_POST
def ask_removal(request, photo_id):
    """The second tap: the photo is out of sight at once."""
    found = _photo(request, photo_id)
    if told(request, object_to, photo=found, member=request.user):
        messages.success(request, _("Nobody sees the photo now. You hear whether it is removed for good."))
        return redirect(found.album)
    return redirect(found)


@EDIT
def objection(request, objection_id):
    found = get_object_or_404(open_objections(request.user).select_related("photo__album", "member"), pk=objection_id)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form_accepts(form, keep_photo, objection=found, by=request.user):
        messages.success(request, _("The photo is back, and your answer has been sent."))
        return redirect("home")
    context = {"objection": found, "photo": found.photo, "form": form}
    return page_or_partial(request, "albums/objection.html", context, status=422 if form.errors else 200)


@require_POST
def agree(request, objection_id):
    found = get_object_or_404(open_objections(request.user).select_related("photo__album"), pk=objection_id)
    remove_photo(photo=found.photo, by=request.user)
    messages.success(request, _("The photo is gone."))
    return redirect("home")


@require_POST
def take_back_request(request, objection_id):
    found = get_object_or_404(own_objections(request.user).select_related("photo__album"), pk=objection_id)
    album = found.photo.album
    if told(request, take_back, objection=found):
        messages.success(request, _("The photo can be seen again."))
    return redirect(album)
