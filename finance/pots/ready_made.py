"""Ready-made pots: what a pot is for fills in its words, its plan of reminders and who sees what."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finance.pots.models import Pot


@dataclass(frozen=True, slots=True)
class PotTemplate:
    code: str
    label: str | Promise
    icon: str
    name: str | Promise
    purpose: str | Promise
    remind_days: tuple[int, ...] = (-7, 0, 7)
    visibility: str = Pot.Visibility.TOTALS
    has_surprise: bool = False  # asks whom it must stay hidden from


TEMPLATES = {
    template.code: template
    for template in (
        PotTemplate(
            "event",
            _("Event"),
            "party-popper",
            _("Event"),
            _("What does the event cost, and what is included?"),
        ),
        PotTemplate(
            "gift",
            _("Gift"),
            "heart",
            _("Gift for …"),
            _("A joint gift. What is left goes into a card."),
            remind_days=(-3, 0),
            visibility=Pot.Visibility.NOTHING,
            has_surprise=True,
        ),
        PotTemplate(
            "trip",
            _("Trip"),
            "map-pin",
            _("Trip"),
            _("Transport, nights and food for everybody who comes along."),
            remind_days=(-14, -3, 3),
        ),
        PotTemplate(
            "team",
            _("Team fund"),
            "users",
            _("Team fund"),
            _("For what the team needs in this season."),
        ),
        PotTemplate(
            "fines",
            _("Fines"),
            "flag",
            _("Fines"),
            _("For being late and forgotten gear. It is spent on something nice at the end of the season."),
            remind_days=(0, 7),
        ),
        PotTemplate(
            "project",
            _("Project"),
            "wrench",
            _("Project"),
            _("What will be made or bought, and what does it cost?"),
        ),
    )
}


def initial(template: PotTemplate) -> dict:
    return {"name": template.name, "purpose": template.purpose, "visibility": template.visibility}
