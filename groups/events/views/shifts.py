from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from groups.events.access import may_change, may_see_names, visible_events, visible_shifts
from groups.events.forms import ShiftForm, SwapForm
from groups.events.queries import comers, own_places, places_of_others, shifts_of, swaps_to_answer
from groups.events.services import answer_swap, ask_swap, leave_shift, plan_shift, remove_shift, take_shift
from theme.responses import form_accepts, page_or_partial, told


def shifts_context(request, event) -> dict:
    """The shifts as one member sees them, and what somebody asks this member to take over."""
    shifts = list(shifts_of(event))
    for shift in shifts:
        shift.is_mine = any(place.member_id == request.user.pk for place in shift.taken.all())
        shift.free = max(0, shift.places - len(shift.taken.all()))
    asked = [swap for swap in swaps_to_answer(request.user) if swap.place.shift.event_id == event.pk]
    return {"shifts": shifts, "swaps": asked}


@require_http_methods(["GET", "HEAD", "POST"])
def event_shifts(request, pk):
    """Dividing the work: the organiser adds shifts and takes them away."""
    event = get_object_or_404(visible_events(request.user), pk=pk)
    if not may_change(request.user, event):
        raise PermissionDenied
    form = ShiftForm(request.POST or None, initial={"day": event.first_day})
    if request.method == "POST" and form_accepts(form, plan_shift, event=event):
        return redirect("event-shifts", pk=pk)
    context = {"event": event, "form": form, **shifts_context(request, event)}
    return page_or_partial(request, "events/shifts.html", context, status=422 if form.errors else 200)


@require_POST
def drop_shift(request, pk):
    shift = get_object_or_404(visible_shifts(request.user), pk=pk)
    if not may_change(request.user, shift.event):
        raise PermissionDenied
    remove_shift(shift=shift, by=request.user)
    return redirect("event-shifts", pk=shift.event_id)


@require_POST
def take(request, pk):
    shift = get_object_or_404(visible_shifts(request.user), pk=pk)
    if told(request, take_shift, shift=shift, member=request.user):
        messages.success(request, _("You do this shift. Thank you."))
    return redirect(shift.event)


@require_POST
def leave(request, pk):
    shift = get_object_or_404(visible_shifts(request.user), pk=pk)
    told(request, leave_shift, shift=shift, member=request.user)
    return redirect(shift.event)


@require_http_methods(["GET", "HEAD", "POST"])
def swap(request, pk):
    """Asking another to take over the own shift, or to swap it."""
    place = get_object_or_404(own_places(request.user).select_related("shift__event"), shift=pk)
    event = place.shift.event
    people = comers(event, but=request.user) if may_see_names(request.user, event) else []
    form = SwapForm(request.POST or None, place=place, people=people, places=places_of_others(place))
    if request.method == "POST" and form_accepts(form, ask_swap, place=place, by=request.user):
        messages.success(request, _("Asked. It changes as soon as the other says yes."))
        return redirect(event)
    context = {"event": event, "place": place, "form": form}
    return page_or_partial(request, "events/swap.html", context, status=422 if form.errors else 200)


@require_POST
def swap_answer(request, pk):
    asked = get_object_or_404(swaps_to_answer(request.user), pk=pk)
    yes = request.POST.get("answer") == "yes"
    if told(request, answer_swap, swap=asked, by=request.user, yes=yes):
        messages.success(request, _("The shift is yours now.") if yes else _("You said no."))
    return redirect(asked.place.shift.event)
