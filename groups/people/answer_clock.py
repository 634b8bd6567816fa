"""By when the association answers and who is in charge: one rule for questions in groups and at the counter."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from theme.registry import Registry

charge_registry = Registry("Who is in charge of what is asked here now? function(subgroup) -> member or None")


def answer_day(days: int | None = None) -> date:
    """The last day on which what is asked today is answered: within `days`, or as the association promises."""
    return timezone.localdate() + timedelta(days=days or settings.ANSWER_DAYS)


def person_in_charge(subgroup):
    """The member to whom a question in this group goes at this moment, or None when it is for whoever takes it."""
    return next((member for ask in charge_registry if (member := ask(subgroup))), None)
