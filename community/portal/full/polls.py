"""One running poll in every group, and two for the whole association: one running, one closed and counted."""

from datetime import timedelta

from community.portal.full.house import House
from polls.models import Elector, Kind
from polls.rules import Rules, Shown
from polls.services import close_poll, count_running, create_poll, open_poll

OPTIONS = ["Natuurcamping", "Groepsboerderij", "Slapen aan boord", "Blanco laten"]
TURNOUT = 60


def fill(house: House) -> None:
    for subgroup, lead in zip(house.subgroups, house.leads, strict=True):
        _poll(house, lead, subgroup, f"Waar slapen we? ({subgroup.name})")
    board = house.members[1]
    _poll(house, board, None, "Waar vieren we het zomerfeest?")
    close_poll(poll=_poll(house, board, None, "Welke kleur krijgt het tenue?"), by=board)


def _poll(house: House, by, subgroup, question: str):
    poll = create_poll(
        by=by, subgroup=subgroup, kind=Kind.GAUGE, question=question, explanation="Kies wat je het liefst wilt.",
        options=OPTIONS, rules=Rules(shown=Shown.LIVE), closes_at=house.now + timedelta(days=6),
    )  # fmt: skip
    poll = open_poll(poll=poll, by=by)
    for choice in range(1, len(OPTIONS) + 1):
        mine = Elector.objects.filter(poll=poll, member__isnull=False, member_id__lte=10**12)
        mine.extra(
            where=[f"polls_elector.member_id %% 100 < {TURNOUT} AND polls_elector.member_id %% 4 = {choice - 1}"]
        ).update(voted=True, answer=str(choice))
    count_running(poll.pk)
    return poll
