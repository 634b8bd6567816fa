import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from community.portal.models import HouseSettings
from groups.people.models import AssociationRole
from tests.factories import MemberFactory, member_with
from theme.house import house

pytestmark = pytest.mark.django_db


def test_the_settings_in_the_admin_are_the_house_on_every_page(client):
    settings = HouseSettings.load()
    settings.name, settings.colour = "Vereniging De Proef", "#AA3300"
    settings.save()
    client.force_login(MemberFactory())

    page = client.get(reverse("home")).content.decode()

    assert "Vereniging De Proef" in page
    assert house().colour == "#aa3300"
    assert house().style_url in page


def test_a_colour_that_is_no_colour_is_refused():
    settings = HouseSettings(colour="groen")

    with pytest.raises(ValidationError, match="#0e5a78"):
        settings.full_clean()


@pytest.mark.parametrize("role", [None, AssociationRole.TREASURER, AssociationRole.COMMUNITY_MANAGER])
def test_the_desk_is_for_who_has_something_to_manage(client, role):
    client.force_login(member_with(role) if role else MemberFactory())

    answer = client.get(reverse("desk"))

    assert answer.status_code == (200 if role else 403)


def test_nothing_is_readable_without_login(client):
    for name in ("home", "more", "desk", "subgroups", "notices"):
        answer = client.get(reverse(name))

        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login")), name
