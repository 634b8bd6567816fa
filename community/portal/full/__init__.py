"""A full house for measuring: fifty groups of 1,024 places and a year of life in them, written in bulk."""

from community.portal.full.house import House
from community.portal.full.loader import fill

__all__ = ["House", "fill"]
