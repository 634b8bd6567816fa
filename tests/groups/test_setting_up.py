"""What the association defines about people and groups is set up in the admin, by community managers only."""

import pytest

from community.pages.setup import lay_out_site
from groups.people.models import AssociationRole, ProfileField
from tests.factories import MemberFactory, member_with

pytestmark = pytest.mark.django_db
PLACES = ("profilefield", "interest", "membershipkind", "defaultsubgroup")


@pytest.mark.parametrize("place", PLACES)
def test_a_community_manager_sets_up_what_the_association_defines(client, place):
    lay_out_site()
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    assert client.get(f"/cms/{place}/").status_code == 200
    assert client.get(f"/cms/{place}/new/").status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_nobody_else_gets_in(client, place):
    lay_out_site()
    answers = set()
    for member in (MemberFactory(), member_with(AssociationRole.BOARD)):
        client.force_login(member)
        answers.add(client.get(f"/cms/{place}/").status_code)

    assert 200 not in answers


def test_a_new_question_stands_on_every_profile_form(client):
    ProfileField.objects.create(name="Bootnaam")
    client.force_login(MemberFactory())

    assert "Bootnaam" in client.get("/profile/").content.decode()
