"""What is urgent rings at night and past every limit, so two people have to want it."""

from datetime import UTC, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from community.pages.audience import Scope
from community.pages.errors import AlreadySent, ChangedSince, NobodyElse, NothingAsked, SecondSenderNeeded
from community.pages.models import Broadcast, Urgency
from community.pages.services import (
    ask_urgency,
    change_announcement,
    confirm_urgency,
    continue_broadcasts,
    drop_urgency,
    publish_due,
    send_announcement,
)
from groups.people.models import AssociationRole, AuditEntry
from groups.subgroups.models import SubgroupRole
from notifications.cards import cards_for
from notifications.models import Delivery, Notice, NoticeSettings
from notifications.services import mute, send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 11, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def night(time_machine):
    time_machine.move_to(NIGHT, tick=False)


@pytest.fixture
def senders():
    return member_with(AssociationRole.COMMUNITY_MANAGER), member_with(AssociationRole.BOARD)


@pytest.fixture
def asked(senders):
    announcement = draft(senders[0])
    ask_urgency(announcement=announcement, by=senders[0], reason="Hoog water")
    return announcement


def appears(time_machine):
    time_machine.shift(40)
    publish_due()
    continue_broadcasts()


def test_urgent_rings_at_night_in_a_muted_group_and_past_a_full_week(senders, time_machine):
    subgroup = SubgroupFactory()
    reader = member_of(subgroup)
    NoticeSettings.objects.create(member=reader, weekly_budget=1, quiet_from=time(22), quiet_until=time(7))
    mute(member=reader, place=subgroup.stream, length="always")
    announcement = draft(senders[0])
    ask_urgency(announcement=announcement, by=senders[0], reason="Hoog water")

    confirm_urgency(announcement=announcement, by=senders[1])
    appears(time_machine)
    send_all_due()

    delivery = Delivery.objects.get(member=reader)
    assert (delivery.kind, delivery.state) == ("announcement.urgent", Delivery.State.SENT)
    assert delivery.rank == Delivery.Rank.PERSONAL


def test_without_a_second_person_it_waits_for_the_morning_as_any_other(senders, asked, time_machine):
    reader = MemberFactory()
    NoticeSettings.objects.create(member=reader, quiet_from=time(22), quiet_until=time(7))

    send_announcement(announcement=asked, by=senders[0])
    appears(time_machine)
    send_all_due()

    delivery = Delivery.objects.get(member=reader)
    assert (delivery.kind, delivery.state) == ("announcement", Delivery.State.QUEUED)


def test_who_asked_cannot_agree_and_the_database_says_so_too(senders, asked):
    with pytest.raises(SecondSenderNeeded):
        confirm_urgency(announcement=asked, by=senders[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Urgency.objects.update(confirmed_by=senders[0], confirmed_at=NIGHT)

    assert not Urgency.objects.get().is_confirmed


def test_other_words_need_another_yes(senders, asked):
    change_announcement(
        announcement=asked, by=senders[0], title="Iets anders", text="Feest", scope=Scope.EVERYONE, subgroups=[]
    )

    with pytest.raises(ChangedSince):
        confirm_urgency(announcement=asked, by=senders[1])


def test_words_changed_after_the_yes_go_out_as_an_ordinary_announcement(senders, asked, time_machine):
    confirm_urgency(announcement=asked, by=senders[1])

    change_announcement(
        announcement=asked, by=senders[0], title="Iets anders", text="Feest", scope=Scope.EVERYONE, subgroups=[]
    )
    appears(time_machine)

    assert not Broadcast.objects.get().is_urgent


def test_the_others_are_asked_and_the_question_goes_when_it_is_answered(senders, asked):
    outsider = MemberFactory()

    assert [notice.member for notice in Notice.objects.filter(kind="urgency.asked")] == [senders[1]]
    assert [card.key for card in cards_for(senders[1])] == [f"urgency:{Urgency.objects.get().pk}"]
    assert cards_for(senders[0]) == cards_for(outsider) == []

    confirm_urgency(announcement=asked, by=senders[1])

    assert cards_for(senders[1]) == []
    assert not Notice.objects.filter(kind="urgency.asked", read_at__isnull=True).exists()


def test_a_no_leaves_a_draft_and_tells_who_asked(senders, asked):
    drop_urgency(announcement=asked, by=senders[1])

    assert not Urgency.objects.exists()
    assert Notice.objects.get(kind="urgency.declined").member == senders[0]
    with pytest.raises(NothingAsked):
        confirm_urgency(announcement=asked, by=senders[1])


def test_the_only_manager_of_a_group_asks_the_association(senders):
    subgroup = SubgroupFactory()
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    announcement = draft(manager, scope=Scope.GROUPS, subgroups=[subgroup])

    ask_urgency(announcement=announcement, by=manager, reason="Nu")

    assert {notice.member for notice in Notice.objects.filter(kind="urgency.asked")} == set(senders)


def test_without_anybody_else_there_is_nothing_to_ask():
    alone = member_with(AssociationRole.COMMUNITY_MANAGER)

    with pytest.raises(NobodyElse):
        ask_urgency(announcement=draft(alone), by=alone, reason="Nu")


def test_what_is_out_cannot_become_urgent_any_more(senders, asked, time_machine):
    confirm_urgency(announcement=asked, by=senders[1])
    appears(time_machine)

    for act in (confirm_urgency, drop_urgency):
        with pytest.raises(AlreadySent):
            act(announcement=asked, by=senders[1])


def test_who_asked_and_who_agreed_stand_in_the_log(senders, asked):
    confirm_urgency(announcement=asked, by=senders[1])

    acts = AuditEntry.objects.filter(act__startswith="announcement.urgency").order_by("pk")
    assert [(entry.act, entry.actor_id) for entry in acts] == [
        ("announcement.urgency_asked", senders[0].pk),
        ("announcement.urgency_confirmed", senders[1].pk),
    ]


def test_the_walk_in_the_browser_asks_agrees_and_sends(client, senders):
    announcement = draft(senders[0])
    report = reverse("announcement-report", args=[announcement.pk])
    client.force_login(senders[0])
    empty = client.post(reverse("ask-urgency", args=[announcement.pk]), {"reason": ""})
    client.post(reverse("ask-urgency", args=[announcement.pk]), {"reason": "Hoog water"})

    client.force_login(senders[1])
    page = client.get(report).content.decode()
    client.post(reverse("confirm-urgency", args=[announcement.pk]))

    assert empty.status_code == 422
    assert "Hoog water" in page
    assert Urgency.objects.get().confirmed_by == senders[1]


@pytest.mark.parametrize("name", ["ask-urgency", "confirm-urgency", "drop-urgency"])
def test_the_doors_are_closed_to_who_may_not_send_it(client, asked, name):
    subgroup = SubgroupFactory()
    address = reverse(name, args=[asked.pk])
    assert client.post(address).status_code == 302

    client.force_login(MemberFactory())
    assert client.post(address, {"reason": "x"}).status_code == 403
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))
    assert client.post(address, {"reason": "x"}).status_code == 404

    assert Urgency.objects.filter(confirmed_at__isnull=True).count() == 1
