"""The card of a pot for a messenger: title and picture for whoever gets the link, the pot itself behind the door."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from finance.pots.access import shared_pots, visible_pots
from finance.pots.share_cards import share_card
from theme.serving import serve_private

FOR_NO_SEARCH_ENGINE = "noindex, nofollow, noarchive"


@login_not_required
@require_safe
def pot_card(request, key):
    """For an outsider a neutral page that a messenger makes a preview of; for who may see the pot, the pot."""
    pot = get_object_or_404(shared_pots(), share_key=key)
    if request.user.is_authenticated and visible_pots(request.user).filter(pk=pot.pk).exists():
        return redirect(pot)
    response = TemplateResponse(request, "pots/share_card.html", {"card": share_card(pot)})
    response["X-Robots-Tag"] = FOR_NO_SEARCH_ENGINE
    return response


@login_not_required
@require_safe
def pot_card_picture(request, key):
    """The picture of the group, and nothing else, for the preview."""
    pot = get_object_or_404(shared_pots(), share_key=key)
    if not share_card(pot).has_picture:
        raise Http404
    response = serve_private(request, pot.subgroup.picture, name="picture", content_type="image/jpeg")
    response["X-Robots-Tag"] = FOR_NO_SEARCH_ENGINE
    return response
