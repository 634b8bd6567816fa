"""The agenda: being there."""

import pytest

from groups.events.errors import CodeNotValidNow, WrongCode
from groups.events.services import attend
from tests.factories import member_of
from tests.groups.events.making import amsterdam, planned

pytestmark = pytest.mark.django_db


def test_the_code_works_in_its_window_only(time_machine):
    time_machine.move_to(amsterdam(2026, 11, 20, 12))
    event = planned(starts_at=amsterdam(2026, 11, 25, 20))
    member = member_of(event.subgroup)

    with pytest.raises(CodeNotValidNow):
        attend(event=event, member=member, code=event.code)
    time_machine.move_to(amsterdam(2026, 11, 25, 19, 45), tick=False)
    with pytest.raises(WrongCode):
        attend(event=event, member=member, code="NEE")
    answer = attend(event=event, member=member, code=f" {event.code.lower()} ")
    time_machine.move_to(amsterdam(2026, 11, 25, 22, 31))
    with pytest.raises(CodeNotValidNow):
        attend(event=event, member=member, code=event.code)

    assert answer.attended_at == amsterdam(2026, 11, 25, 19, 45)
