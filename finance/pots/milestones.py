"""At most four lines about a pot in the chat of its group: opened, half, reached, closed. Nobody is named in them."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from finance.pots.models import Milestone, Pot
from finance.pots.queries import chef_of, pot_totals
from groups.conversations.services import chat_of, post_message
from groups.people.models import kept_from_somebody
from notifications.tasks import minute_registry
from theme.errors import Refusal

Kind = Milestone.Kind
RECENT = timedelta(days=2)


@minute_registry
def tell_milestones() -> None:
    """What has been reached since the last look; each line once, whoever looks at the same time."""
    pots = list(_pots_to_watch())
    totals = pot_totals(pots)
    told = set(Milestone.objects.filter(pot__in=pots).values_list("pot", "kind"))
    for pot in pots:
        for kind in _reached(pot, totals[pot.pk]):
            if (pot.pk, kind) not in told:
                _tell(pot, kind)


def _pots_to_watch():
    """Not a surprise, and only where the group has a chat; an old closed pot has nothing new."""
    pots = Pot.objects.filter(tells_chat=True).exclude(kept_from_somebody()).select_related("subgroup")
    watched = pots.exclude(closed_at__lt=timezone.now() - RECENT)
    return [pot for pot in watched if pot.subgroup.has_module("chat")]


def _reached(pot: Pot, total) -> list[str]:
    if pot.closed_at:
        return [Kind.CLOSED]
    reached = [Kind.OPENED] if pot.opened_at > timezone.now() - RECENT else []
    if total.goal_cents and total.collected_cents >= total.goal_cents:
        return [*reached, Kind.REACHED]
    if total.goal_cents and total.collected_cents * 2 >= total.goal_cents:
        return [*reached, Kind.HALF]
    return reached


def _tell(pot: Pot, kind: str) -> None:
    """In the name of the Geldchef, who can switch it off; a refusal of the chat ends it without a line."""
    chef = chef_of(pot)
    try:
        with transaction.atomic():
            Milestone.objects.create(pot=pot, kind=kind)
            if chef and chef.member:
                post_message(conversation=chat_of(pot.subgroup), by=chef.member, text=_words(pot, kind))
    except IntegrityError:
        return  # another worker told it
    except Refusal:
        Milestone.objects.get_or_create(pot=pot, kind=kind)


def _words(pot: Pot, kind: str) -> str:
    """In Dutch, the language of the association: a chat line is the same for everybody."""
    with translation.override("nl"):
        sentence = {
            Kind.OPENED: _("The pot “%(name)s” is open."),
            Kind.HALF: _("The pot “%(name)s” is halfway."),
            Kind.REACHED: _("The pot “%(name)s” has reached its goal. Thank you!"),
            Kind.CLOSED: _("The pot “%(name)s” is closed."),
        }[kind]
        return sentence % {"name": pot.name}
