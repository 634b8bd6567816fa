from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from community.portal.navigation import has_desk
from groups.subgroups.access import my_memberships
from notifications.cards import cards_for
from theme.responses import page_or_partial

CARDS_ON_HOME = 3


@require_safe
def home(request):
    cards = [card for card in cards_for(request.user) if not card.for_desk]
    context = {
        "cards": cards[:CARDS_ON_HOME],
        "card_count": len(cards),
        "memberships": my_memberships(request.user).select_related("subgroup"),
    }
    return page_or_partial(request, "portal/home.html", context)


@require_safe
def more(request):
    """The list behind the last button of the phone's bottom bar: every page that has no button of its own."""
    return page_or_partial(request, "portal/more.html", {})


@require_safe
def desk(request):
    """What waits for who keeps the community running: to judge first, then how things go."""
    if not has_desk(request):
        raise PermissionDenied
    cards = [card for card in cards_for(request.user) if card.for_desk]
    return page_or_partial(request, "portal/desk.html", {"cards": cards})
