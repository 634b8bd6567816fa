"""The house style of De Waterhoen."""

from community.portal.demo.cast import Club
from community.portal.models import HouseSettings


def load(club: Club) -> None:
    house = HouseSettings.load()
    house.name, house.colour, house.icon = "RV De Waterhoen", "#0e5a78", "sailboat"
    house.tagline = "Roeien op de plassen sinds 1904"
    house.save()
