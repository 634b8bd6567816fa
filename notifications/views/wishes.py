from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notifications.access import visible_mutes
from notifications.bounces import mail_back
from notifications.budget import WEEK, interruptions
from notifications.forms import ChoicesForm, HoursForm, LevelForm, MuteForm
from notifications.kinds import notice_kind, notice_kinds
from notifications.levels import Level, level_of
from notifications.mail import UNSUBSCRIBE
from notifications.places import places_of
from notifications.services import change_settings, choose, choose_level, mute, unmute, unsubscribe
from notifications.vapid import public_key
from notifications.wanted import settings_of
from theme.responses import form_accepts, page_or_partial, told


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request):
    member = request.user
    settings = settings_of([member.pk])[member.pk]
    hours = HoursForm(request.POST or None, instance=settings)
    choices = ChoicesForm(request.POST or None, member=member)
    if request.method == "POST" and choices.is_valid() and form_accepts(hours, change_settings, member=member):
        _save_choices(member, choices)
        messages.success(request, _("Saved."))
        return redirect("notice-settings")
    mutes = {row.place: row for row in visible_mutes(member)}
    context = {
        "hours": hours,
        "choices": choices,
        "places": [(place, mutes.get(code)) for code, place in places_of(member).items()],
        "always_on": [kind for kind in notice_kinds() if not kind.optional],
        "devices": member.push_subscriptions.order_by("-created_at", "-pk"),
        "public_key": public_key(),
        "mail_back": mail_back(member),
        "levels": Level.choices,
        "level": level_of(member),
        "this_week": interruptions([member.pk], timezone.now() - WEEK).get(member.pk, 0),
    }
    status = 422 if hours.errors or choices.errors else 200
    return page_or_partial(request, "notifications/settings.html", context, partials={"devices"}, status=status)


@require_POST
def set_level(request):
    form = LevelForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    choose_level(member=request.user, level=form.cleaned_data["level"])
    messages.success(request, _("Saved."))
    return redirect("notice-settings")


def _save_choices(member, form, place: str = "") -> None:
    for kind, channel, timing in form.choices():
        choose(member=member, kind=kind, channel=channel, timing=timing, place=place)


@require_http_methods(["GET", "HEAD", "POST"])
def place_settings(request, code):
    place = _place(request, code)
    form = ChoicesForm(request.POST or None, member=request.user, place=code)
    if request.method == "POST" and form.is_valid():
        _save_choices(request.user, form, code)
        messages.success(request, _("Saved."))
        return redirect("place-settings", code)
    muted = visible_mutes(request.user).filter(place=code).first()
    context = {
        "place": place,
        "choices": form,
        "muted": muted,
        "always_on": [kind for kind in notice_kinds() if not kind.optional],
    }
    return page_or_partial(request, "notifications/place.html", context, status=422 if form.errors else 200)


def _place(request, code):
    place = places_of(request.user).get(code)
    if place is None:
        raise Http404
    return place


@require_POST
def mute_place(request, code):
    place = _place(request, code)
    form = MuteForm(request.POST)
    if form.is_valid() and told(request, mute, member=request.user, place=code, **form.cleaned_data):
        messages.success(request, _("%(group)s is silent now.") % {"group": place.name})
    return redirect("place-settings", code)


@require_POST
def unmute_place(request, code):
    place = _place(request, code)
    unmute(member=request.user, place=code)
    messages.success(request, _("You hear from %(group)s again.") % {"group": place.name})
    return redirect("place-settings", code)


@csrf_exempt  # RFC 8058: the member's mail program posts here by itself, without our cookie; the signature is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_by_mail(request, token):
    """One click from a mail, without logging in. Opening the link asks; only the POST changes anything."""
    try:
        member_id, kind, place = signing.loads(token, salt=UNSUBSCRIBE)
    except signing.BadSignature as fault:
        raise Http404 from fault
    member = get_object_or_404(get_user_model(), pk=member_id)
    context = {"label": notice_kind(kind).label, "place": places_of(member).get(place), "done": False}
    if request.method == "POST":
        unsubscribe(member=member, kind=kind, place=place)
        context["done"] = True
    return render(request, "notifications/unsubscribe.html", context)
