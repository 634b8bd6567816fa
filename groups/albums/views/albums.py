from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from groups.albums.access import (
    MODULE,
    events_to_show,
    may_add_photos,
    may_keep_album,
    may_start_album,
    own_objections,
    visible_albums,
    visible_photos,
)
from groups.albums.forms import AddPhotosForm, AlbumForm
from groups.albums.queries import with_cover
from groups.albums.services import add_photos, change_album, remove_album, start_album
from groups.subgroups.access import entered_or_404, readable_or_404
from groups.subgroups.pages import subgroup_context
from theme.responses import form_accepts, page_or_partial, sent_id

EDIT = require_http_methods(["GET", "HEAD", "POST"])
ALBUMS, PHOTOS = 24, 30


@require_safe
def all_albums(request):
    """The albums of the association and of all groups of the member together."""
    page = Paginator(with_cover(visible_albums(request.user)), ALBUMS).get_page(request.GET.get("page"))
    context = {"page": page, "may_start": may_start_album(request.user, None), "shows_group": True}
    return page_or_partial(request, "albums/all.html", context)


@require_safe
def subgroup_albums(request, slug):
    subgroup = readable_or_404(request.user, slug, MODULE)
    found = with_cover(visible_albums(request.user).filter(subgroup=subgroup))
    context = {
        **subgroup_context(request, subgroup, MODULE),
        "page": Paginator(found, ALBUMS).get_page(request.GET.get("page")),
        "may_start": may_start_album(request.user, subgroup),
    }
    return page_or_partial(request, "albums/subgroup_albums.html", context)


@EDIT
def new_album(request):
    return _new(request, None)


@EDIT
def new_subgroup_album(request, slug):
    return _new(request, entered_or_404(request.user, slug, MODULE))


def _new(request, subgroup):
    event = events_to_show(request.user, subgroup).filter(pk=sent_id(request.GET, "event")).first()
    if not may_start_album(request.user, subgroup, event):
        raise PermissionDenied
    form = AlbumForm(
        request.POST or None, subgroup=subgroup, event=event, initial={"title": event.title if event else ""}
    )
    if request.method == "POST" and form_accepts(form, start_album, by=request.user, subgroup=subgroup, event=event):
        return redirect(form.result)
    back = reverse("subgroup-albums", args=[subgroup.slug]) if subgroup else reverse("albums")
    context = {"form": form, "subgroup": subgroup, "event": event, "back": back}
    return page_or_partial(request, "albums/album_form.html", context, status=422 if form.errors else 200)


def _album(request, album_id):
    found = visible_albums(request.user).select_related("subgroup", "event", "created_by")
    return get_object_or_404(found, pk=album_id)


def _kept_album(request, album_id):
    found = _album(request, album_id)
    if not may_keep_album(request.user, found):
        raise PermissionDenied
    return found


@require_safe
def album(request, album_id):
    return _album_page(request, _album(request, album_id), AddPhotosForm())


def _album_page(request, found, form):
    shown = visible_photos(request.user).filter(album=found).order_by("number")
    context = {
        "album": found,
        "page": Paginator(shown, PHOTOS).get_page(request.GET.get("page")),
        "form": form if may_add_photos(request.user, found) else None,
        "may_keep": may_keep_album(request.user, found),
        "asked": own_objections(request.user).filter(photo__album=found),
    }
    return page_or_partial(request, "albums/album.html", context, status=422 if form.errors else 200)


@EDIT
def add(request, album_id):
    found = _album(request, album_id)
    if not may_add_photos(request.user, found):
        raise PermissionDenied
    if request.method != "POST":
        return redirect(found)
    form = AddPhotosForm(request.POST, request.FILES)
    if not form_accepts(form, add_photos, album=found, by=request.user):
        return _album_page(request, found, form)
    count = form.result
    messages.success(request, ngettext("%(n)d photo added.", "%(n)d photos added.", count) % {"n": count})
    return redirect(found)


@EDIT
def edit_album(request, album_id):
    found = _kept_album(request, album_id)
    initial = {"title": found.title, "description": found.description, "seen_by": found.seen_by}
    form = AlbumForm(request.POST or None, subgroup=found.subgroup, event=found.event, initial=initial)
    if request.method == "POST" and form_accepts(form, change_album, album=found, by=request.user):
        return redirect(found)
    context = {"form": form, "subgroup": found.subgroup, "album": found, "back": found.get_absolute_url()}
    return page_or_partial(request, "albums/album_form.html", context, status=422 if form.errors else 200)


@EDIT
def remove(request, album_id):
    """Asks once more, because every photo goes with it."""
    found = _kept_album(request, album_id)
    if request.method != "POST":
        return page_or_partial(request, "albums/remove.html", {"album": found, "count": found.photos.count()})
    back = reverse("subgroup-albums", args=[found.subgroup.slug]) if found.subgroup else reverse("albums")
    remove_album(album=found, by=request.user)
    messages.success(request, _("The album and its photos are gone."))
    return redirect(back)
