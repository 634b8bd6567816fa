"""Counting: pure functions from ballots to a result. No Django, no floats, no chance.

A tie is a result here. Drawing lots is an act of people; its outcome can be handed in as `lots`.
"""

from polls.counting.elections import Election, Malformed, Result
from polls.counting.methods import METHODS, count

__all__ = ["METHODS", "Election", "Malformed", "Result", "count"]
