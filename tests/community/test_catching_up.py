"""Coming back after days away: what matters first, on one page; and groups that fold by kind."""

from datetime import timedelta

import pytest
import time_machine as travel
from django.urls import reverse
from django.utils import timezone

from community.portal.models import Visit
from groups.conversations.models import ReadPosition
from groups.conversations.services import chat_of, post_message
from groups.subgroups.models import Membership, Subgroup
from groups.subgroups.services import add_member
from notifications.services import notify
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_finance import asked_pot
from tests.factories_pages import published
from tests.factories_polls import running_poll

pytestmark = pytest.mark.django_db
Kind = Subgroup.Kind


def home(client, member):
    """With a new session each time: on another device, or after that minute in which the answer is remembered."""
    client.logout()
    client.force_login(member)
    return client.get(reverse("home"))


def away(member, **span):
    Visit.objects.filter(member=member).update(seen_at=timezone.now() - timedelta(**span))


def test_who_was_away_sees_announcements_then_money_then_polls_then_mentions(client, time_machine):
    time_machine.move_to("2026-03-10T10:00:00+00:00", tick=False)
    pot = asked_pot(members=1)[0]
    reader = pot.requests.first().party.member
    home(client, reader)
    time_machine.shift(timedelta(days=10))
    post_message(conversation=chat_of(pot.subgroup), by=member_of(pot.subgroup), text=f"Hoi @{reader.first_name}")
    notify(member_ids=[reader.pk], kind="mention", key="conversation:1", context={"message": 0}, place="")
    running_poll(pot.subgroup)
    announcement = published(time_machine)

    answer = home(client, reader)

    found = answer.context["catch_up"]
    assert found.days == 10
    assert f"{reverse('catch-up')}?days=14" in answer.content.decode()
    assert [card.key.split(":")[0] for card in found.cards] == ["announcement", "payment", "poll", "notice"]
    assert found.cards[0].title == announcement.title


def test_what_was_there_before_is_not_what_came_in(client, time_machine):
    time_machine.move_to("2026-03-10T10:00:00+00:00", tick=False)
    reader = MemberFactory()
    old = published(time_machine)
    time_machine.shift(timedelta(days=1))
    home(client, reader)
    time_machine.shift(timedelta(days=10))
    new = published(time_machine)

    titles = [card.key for card in home(client, reader).context["catch_up"].cards]

    assert titles == [new.key]
    assert old.key not in titles


def test_never_more_than_one_page(client, time_machine):
    time_machine.move_to("2026-03-10T10:00:00+00:00", tick=False)
    reader = MemberFactory()
    home(client, reader)
    time_machine.shift(timedelta(days=10))
    for number in range(12):
        notify(member_ids=[reader.pk], kind="direct", key=f"conversation:{number}", context={"message": 0})
    for _number in range(4):
        published(time_machine)

    assert len(home(client, reader).context["catch_up"].cards) == 6


@pytest.mark.parametrize(("span", "shown"), [({"days": 2}, False), ({"days": 4}, True)])
def test_a_short_absence_needs_no_catching_up(client, span, shown):
    reader = MemberFactory()
    home(client, reader)
    notify(member_ids=[reader.pk], kind="direct", key="conversation:1", context={"message": 0})
    away(reader, **span)

    assert bool(home(client, reader).context["catch_up"]) is shown


def test_it_stays_for_this_visit_and_is_gone_at_the_next(client):
    reader = MemberFactory()
    with travel.travel("2026-03-10T10:00:00+00:00", tick=False) as clock:
        home(client, reader)
        clock.shift(timedelta(days=5))
        notify(member_ids=[reader.pk], kind="direct", key="conversation:1", context={"message": 0})
        assert home(client, reader).context["catch_up"]
        clock.shift(timedelta(minutes=10))
        assert home(client, reader).context["catch_up"]
        clock.shift(timedelta(hours=2))
        assert not home(client, reader).context["catch_up"]


def test_who_read_in_a_group_meanwhile_was_not_away(client):
    subgroup = SubgroupFactory()
    reader = member_of(subgroup)
    home(client, reader)
    away(reader, days=8)
    notify(member_ids=[reader.pk], kind="direct", key="conversation:1", context={"message": 0})
    ReadPosition.objects.create(
        member=reader, conversation=chat_of(subgroup), number=0, read_at=timezone.now() - timedelta(hours=1)
    )

    assert not home(client, reader).context["catch_up"]


def test_few_groups_are_one_list_and_many_fold_by_kind_with_favourites_on_top(client):
    member = MemberFactory()
    kinds = [Kind.BRANCH] * 3 + [Kind.COMMITTEE] * 2
    for number, kind in enumerate(kinds):
        add_member(subgroup=SubgroupFactory(name=f"G{number}", kind=kind), member=member)
    few = home(client, member).context["sections"]
    for number in range(2):
        add_member(subgroup=SubgroupFactory(name=f"I{number}", kind=Kind.INTEREST), member=member)
    Membership.objects.filter(member=member, subgroup__name="I0").update(is_favourite=True)
    busy = Subgroup.objects.get(name="G3")
    post_message(conversation=chat_of(busy), by=member_of(busy), text="Hoi")

    answer = home(client, member)

    assert [(section.heading, len(section.rows)) for section in few] == [("", 5)]
    sections = answer.context["sections"]
    assert [row.subgroup.name for row in sections[0].rows] == ["I0"]
    assert {(str(section.heading), len(section.rows), section.unread) for section in sections[1:]} == {
        (str(Kind.BRANCH.label), 3, 0),
        (str(Kind.COMMITTEE.label), 2, 1),
        (str(Kind.INTEREST.label), 1, 0),
    }
    assert answer.content.decode().count('<details class="fold" open>') == 1


def test_back_on_home_within_a_minute_asks_nothing_more(client):
    reader = MemberFactory()
    home(client, reader)
    away(reader, days=9)

    client.get(reverse("home"))

    assert Visit.objects.get().seen_at < timezone.now() - timedelta(days=8)
