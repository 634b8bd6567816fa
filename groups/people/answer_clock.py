"""By when the association answers, one rule for questions in groups and requests at the counter."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone


def answer_day(days: int | None = None) -> date:
    """The last day on which what is asked today is answered: within `days`, or as the association promises."""
    return timezone.localdate() + timedelta(days=days or settings.ANSWER_DAYS)
