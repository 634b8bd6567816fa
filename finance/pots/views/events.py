from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from finance.pots.access import pots_to_ask_for
from finance.pots.forms import EventPriceForm
from finance.pots.services import price_event
from groups.events.access import may_change, visible_events
from theme.responses import form_accepts, page_or_partial


@require_http_methods(["GET", "HEAD", "POST"])
def event_price(request, pk):
    """Which pot belongs to this event, and what coming costs."""
    event = get_object_or_404(visible_events(request.user).filter(subgroup__isnull=False), pk=pk)
    if not may_change(request.user, event):
        raise PermissionDenied
    price = getattr(event, "price", None)
    names = ("pot_id", "each_cents", "refund_until")
    initial = {name.removesuffix("_id"): getattr(price, name) for name in names} if price else _first(event)
    form = EventPriceForm(request.POST or None, pots=pots_to_ask_for(request.user, event.subgroup), initial=initial)
    if request.method == "POST" and form_accepts(form, price_event, event=event, by=request.user):
        messages.success(request, _("Saved. Who signs up from now on gets the request."))
        return redirect(event)
    context = {"form": form, "event": event}
    return page_or_partial(request, "pots/event_price.html", context, status=422 if form.errors else 200)


def _first(event) -> dict:
    """As long as people can answer, they may also change their mind."""
    return {"refund_until": timezone.localdate(event.answer_by)} if event.answer_by else {}
