"""Within a request it is known already who belongs; that may not change whom a member sees."""

import pytest

from groups.people.access import findable_members, listed_members, visible_members
from groups.people.models import Member
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("enrolled", [True, False])
def test_within_a_request_the_same_people_are_seen(enrolled):
    subgroup = SubgroupFactory()
    viewer = member_of(subgroup, enrolled=enrolled)
    met = member_of(subgroup, is_listed=True)
    stranger, guest = MemberFactory(is_listed=True), MemberFactory(is_listed=True, enrolled=False)
    MemberFactory(is_listed=False), MemberFactory(is_listed=True, is_active=False)
    in_request = Member.objects.get(pk=viewer.pk)
    in_request.remembers = True

    for seen in (visible_members, findable_members, listed_members):
        assert set(seen(in_request)) == set(seen(viewer)), seen.__name__
    assert (stranger in visible_members(in_request)) == enrolled
    assert met in visible_members(in_request)
    assert guest not in visible_members(in_request)
