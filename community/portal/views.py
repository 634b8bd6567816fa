from django.views.decorators.http import require_safe

from groups.subgroups.access import my_memberships
from notifications.cards import cards_for
from theme.responses import page_or_partial


@require_safe
def home(request):
    context = {
        "cards": cards_for(request.user)[:3],
        "memberships": my_memberships(request.user).select_related("subgroup"),
    }
    return page_or_partial(request, "portal/home.html", context)
