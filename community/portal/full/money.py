"""A pot in every group in which all its members are asked; a part has paid in cash."""

from datetime import timedelta

from community.portal.full.house import House
from finance.pots.models import Pot
from finance.pots.services import ask, open_pot, record_cash
from groups.subgroups.access import forget_rights

PAID_PER_POT = 40


def fill(house: House) -> None:
    for subgroup, lead in zip(house.subgroups, house.leads, strict=True):
        _pot(house, subgroup, lead)


def _pot(house: House, subgroup, lead) -> Pot:
    forget_rights(lead)
    people = house.places_of(house.subgroups.index(subgroup))
    due = (house.now + timedelta(days=14)).date()
    pot = open_pot(
        subgroup=subgroup, by=lead, name=f"Tocht van {subgroup.name}", purpose="Camping, eten en de bus.",
        goal_cents=len(people) * 25_00, deadline=due,
    )  # fmt: skip
    requests = ask(pot=pot, by=lead, members=people, due_on=due, each_cents=25_00)
    for request in requests[5 : 5 + min(PAID_PER_POT, len(requests) // 3)]:
        record_cash(request=request, cents=request.open_cents, by=lead, note="Op de training")
    return pot
