"""Events, who comes, what they are asked, who does which shift, and the private calendar feeds."""

from groups.events.models.events import Answer, CalendarFeed, Event, Series
from groups.events.models.questions import Question, Reply
from groups.events.models.shifts import Shift, ShiftPlace, ShiftSwap

__all__ = [
    "Answer",
    "CalendarFeed",
    "Event",
    "Question",
    "Reply",
    "Series",
    "Shift",
    "ShiftPlace",
    "ShiftSwap",
]
