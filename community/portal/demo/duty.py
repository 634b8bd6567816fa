"""Who is reachable for the boats this week and later, one turn that is asked of another, and the emergency text."""

from datetime import timedelta

from django.utils import timezone

from community.portal.demo.cast import Club
from groups.duty.services import ask_handover, plan_turn, say_emergency

TEXT = (
    "Ligt er iemand in het water of is er brand? Bel eerst 112.\n\n"
    "Daarna: het havenkantoor, 06 5550 0112. De sleutel van het hek hangt achter de bar."
)


def load(club: Club) -> None:
    group, thijs, anneke = club.subgroups["materiaalcommissie"], club.people["thijs"], club.people["anneke"]
    others = [member for member in club.in_group(group.slug) if member not in (thijs, anneke)]
    say_emergency(subgroup=group, by=thijs, text=TEXT)
    begin = timezone.localtime(club.now - timedelta(days=2)).replace(hour=8, minute=0, second=0, microsecond=0)
    for number, member in enumerate([thijs, anneke, others[0], others[1]]):
        start = begin + timedelta(days=7 * number)
        turn = plan_turn(subgroup=group, member=member, starts_at=start, ends_at=start + timedelta(days=7), by=thijs)
    ask_handover(turn=turn, to=others[2], by=others[1])
