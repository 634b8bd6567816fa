"""The demo association "Roeivereniging De Waterhoen": plainly fictional, the same at every load, like a living club.

Each room has a module here with `load(club)`; `load_all` calls them in the order in which they lean on each other.
"""

from community.portal.demo.cast import PEOPLE_TO_TRY, Club, PersonToTry, people_to_try
from community.portal.demo.loader import load_all

__all__ = ["PEOPLE_TO_TRY", "Club", "PersonToTry", "load_all", "people_to_try"]
