"""What leaves the group: the card for a messenger, and the lines in the chat."""

import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from finance.pots.milestones import tell_milestones
from finance.pots.models import Milestone, Pot
from finance.pots.services import close_pot, record_cash
from groups.conversations.models import Message
from groups.subgroups.models import Subgroup
from tests.factories_finance import asked_pot
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def card_of(pot):
    return reverse("pot-card", args=[pot.share_key])


def test_a_stranger_sees_title_and_picture_and_a_door_and_nothing_else(client):
    pot, chef, (request, _other) = asked_pot(name="Zomertocht", purpose="Drie nachten kamperen")
    record_cash(request=request, cents=42_50, by=chef)

    answer = client.get(card_of(pot))
    page = answer.content.decode()

    assert '<meta property="og:title" content="Zomertocht">' in page
    assert '<meta property="og:image" content="http' in page
    assert "/account/login/?next=" in page
    for secret in ("€", "42", "Drie nachten", pot.subgroup.name, chef.first_name, "og:description"):
        assert secret not in page.partition("<body")[2].replace("1042", ""), secret
    assert "noindex" in answer["X-Robots-Tag"]


def test_a_member_of_the_group_goes_straight_to_the_pot_and_another_member_sees_the_card(client):
    from tests.factories import MemberFactory

    pot, _chef, (request, _other) = asked_pot()
    client.force_login(request.party.member)
    assert client.get(card_of(pot)).url == pot.get_absolute_url()
    client.force_login(MemberFactory())
    assert client.get(card_of(pot)).status_code == 200


def test_of_a_surprise_not_even_the_title_leaves(client):
    pot, _chef, (request, _other) = asked_pot(name="Cadeau voor Joke")
    Pot.objects.update(hidden_from=request.party.member)

    assert "Joke" not in client.get(card_of(pot)).content.decode()
    client.force_login(request.party.member)
    assert "Joke" not in client.get(card_of(pot)).content.decode()


def test_the_picture_of_the_group_and_no_other_file(client):
    pot, _chef, _requests = asked_pot()
    picture = reverse("pot-card-picture", args=[pot.share_key])
    assert client.get(picture).status_code == 404
    subgroup = Subgroup.objects.get(pk=pot.subgroup_id)
    subgroup.picture.save("groep.jpg", ContentFile(b"\xff\xd8\xff\xe0jpeg"))

    answer = client.get(picture)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert picture in client.get(card_of(pot)).content.decode()


def test_a_guessed_or_closed_card_is_not_there(client):
    pot, chef, _requests = asked_pot()
    assert client.get(reverse("pot-card", args=[uuid.uuid4()])).status_code == 404
    close_pot(pot=pot, by=chef)
    assert client.get(card_of(pot)).status_code == 404


def lines():
    return list(Message.objects.order_by("pk").values_list("text", flat=True))


def test_at_most_four_lines_each_once_and_without_a_name():
    pot, chef, (request, other) = asked_pot(name="Tocht", goal_cents=85_00)
    tell_milestones()
    record_cash(request=request, cents=42_50, by=chef)
    tell_milestones()
    tell_milestones()
    record_cash(request=other, cents=42_50, by=chef)
    tell_milestones()
    close_pot(pot=pot, by=chef, surplus="refund")
    tell_milestones()

    assert [line.partition("”")[2] for line in lines()] == [
        " is open.",
        " is halverwege.",
        " heeft zijn doel bereikt. Dank jullie wel!",
        " is gesloten.",
    ]
    assert not any(request.party.display_name in line for line in lines())


@real_connections
def test_two_workers_tell_a_line_once():
    asked_pot()

    at_once(*[tell_milestones] * 4)

    assert (len(lines()), Milestone.objects.count()) == (1, 1)


@pytest.mark.parametrize("change", [{"tells_chat": False}, {"hidden_from": True}, {"opened_at": True}])
def test_switched_off_a_surprise_or_an_old_pot_tells_nothing(change):
    pot, _chef, (request, _other) = asked_pot()
    if "hidden_from" in change:
        change = {"hidden_from": request.party.member}
    if "opened_at" in change:
        change = {"opened_at": timezone.now() - timezone.timedelta(days=9)}
    Pot.objects.filter(pk=pot.pk).update(**change)

    tell_milestones()

    assert lines() == []
