from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.agreements.access import coming_texts, due_texts, may_keep_texts, texts_of_entry, visible_texts
from groups.agreements.forms import TextForm
from groups.agreements.models import ENTRY_KINDS, Kind
from groups.agreements.queries import acceptances_of, announced, in_force, tally, version_before
from groups.agreements.services import accept, publish_text
from groups.people.proving import reauthentication_required
from theme.comparing import differing_paragraphs
from theme.responses import form_accepts, page_or_partial
from theme.richtext import heads_apart

EDIT = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def agreements(request):
    """What is still to be accepted, with what is new in it, and what the member accepted before."""
    due, coming = due_texts(request.user), coming_texts(request.user)
    rows = texts_of_entry().filter(pk__in=[*due, *coming]).order_by("takes_effect_on", "kind")
    context = {
        "rows": [(text, text.pk in due, _changed_parts(text)) for text in rows],
        "is_due": bool(due),
        "history": acceptances_of(request.user)[:50],
        "texts": in_force(texts_of_entry()).order_by("kind"),
        "next": request.GET.get("next", ""),
    }
    return page_or_partial(request, "agreements/agreements.html", context)


def _changed_parts(text):
    before = version_before(text)
    return differing_paragraphs(heads_apart(before.words), heads_apart(text.words)) if before else []


@require_POST
def accept_text(request, text_id):
    accept(text=get_object_or_404(visible_texts(request.user), pk=text_id), member=request.user)
    messages.success(request, _("Thank you. We noted that you agree."))
    # What is asked once in a request was asked before the member accepted: look again on the next page.
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if is_ours else reverse("agreements"))


@login_not_required
@require_safe
def current(request, kind):
    """The version that counts today, for anybody; with the ones before it and the one to come."""
    versions = _versions(request, kind)
    text = in_force(versions).first()
    context = {
        "kind": Kind(kind),
        "text": text,
        "coming": announced(versions).first(),
        "older": versions.filter(version__lt=text.version).order_by("-version") if text else [],
    }
    return page_or_partial(request, "agreements/text.html", context)


def _versions(request, kind: str):
    """Versions of a text of the association that the visitor may read."""
    if kind not in Kind.values or (kind not in ENTRY_KINDS and not request.user.is_authenticated):
        raise Http404
    return visible_texts(request.user).filter(kind=kind, subgroup__isnull=True)


@login_not_required
@require_safe
def version(request, kind, version):
    versions = _versions(request, kind)
    text = get_object_or_404(versions, version=version)
    newest = in_force(versions).first()
    context = {"text": text, "is_current": newest == text, "newest": newest, "parts": _changed_parts(text)}
    return page_or_partial(request, "agreements/version.html", context)


def for_who_keeps_texts(view):
    """The desk is known to exist, so who may not use it gets a 403."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if not may_keep_texts(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return wrapper


@require_safe
@for_who_keeps_texts
def desk(request):
    versions = texts_of_entry()
    shown = [*in_force(versions), *announced(versions)]
    rows = [(kind, [(text, tally(text)) for text in shown if text.kind == kind]) for kind in ENTRY_KINDS]
    return page_or_partial(request, "agreements/desk.html", {"rows": rows})


@EDIT
@for_who_keeps_texts
@reauthentication_required(allow_get=True)
def new_text(request, kind):
    if kind not in ENTRY_KINDS:
        raise Http404
    last = texts_of_entry().filter(kind=kind).order_by("-version").first()
    form = TextForm(request.POST or None, last=last)
    if request.method == "POST" and form_accepts(form, publish_text, by=request.user, kind=kind):
        messages.success(request, _("Published. Every member is told of it."))
        return redirect("agreement-desk")
    context = {"form": form, "kind": Kind(kind), "last": last}
    return page_or_partial(request, "agreements/new.html", context, status=422 if form.errors else 200)
