"""Going back in time while demo data is made: what happened last January is made as if it were last January.

Only for commands that fill a demo. Everything of ours asks `django.utils.timezone`, so that is what is turned back.
"""

from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@contextmanager
def on_day(day: date, hour: int = 12):
    """That hour of that day, noon unless said otherwise, for everything inside."""
    moment = datetime.combine(day, time(hour), AMSTERDAM).astimezone(timezone.get_default_timezone())
    with mock.patch.object(timezone, "now", lambda: moment):
        yield moment
