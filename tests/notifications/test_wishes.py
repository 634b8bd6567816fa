"""What a member wants to hear: per kind, channel and group, with silence, hours and a limit."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.subgroups.services import end_membership
from notifications.errors import AlwaysOn, UnknownPlace
from notifications.kinds import NoticeKind, Words, notice_kind, register_kind
from notifications.levels import level_of
from notifications.models import Channel, ChannelChoice, Delivery, Mute, Notice, NoticeSettings, Timing
from notifications.services import choose, choose_level, mute, notify, send_all_due, unmute
from notifications.wanted import wanted_channels
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


def kind(code, **fields):
    return register_kind(
        NoticeKind(code, "Test", "bell", lambda member, context, count: Words("Title", "Body", "/there/"), **fields)
    )


kind("w.plain")
kind("w.mention", personal=True)
kind("w.money", optional=False)
kind("w.chatter", digested=True)


def tell(member, code="w.plain", key="thing:1", **values):
    return notify(member_ids=[member.pk], kind=code, key=key, context={}, **values)


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def member(subgroup):
    return member_of(subgroup)


def mailed():
    send_all_due()
    return len(mail.outbox)


def test_the_choice_for_a_group_goes_before_the_choice_for_everywhere(member, subgroup):
    choose(member=member, kind="w.plain", channel=Channel.MAIL, timing=Timing.OFF)
    choose(member=member, kind="w.plain", channel=Channel.MAIL, timing=Timing.NOW, place=subgroup.stream)

    tell(member, key="elsewhere")
    tell(member, key="here", place=subgroup.stream)

    assert list(Delivery.objects.values_list("key", flat=True)) == ["here"]


def test_choosing_the_default_again_leaves_no_row(member):
    choose(member=member, kind="w.plain", channel=Channel.MAIL, timing=Timing.OFF)
    choose(member=member, kind="w.plain", channel=Channel.MAIL, timing=Timing.NOW)

    assert not ChannelChoice.objects.exists()


def test_own_money_cannot_be_switched_off_and_an_unknown_group_not_chosen(member):
    with pytest.raises(AlwaysOn):
        choose(member=member, kind="w.money", channel=Channel.MAIL, timing=Timing.OFF)
    with pytest.raises(UnknownPlace):
        choose(member=member, kind="w.plain", channel=Channel.MAIL, timing=Timing.OFF, place="subgroup.999999")


def test_a_push_cannot_wait_for_the_summary(member):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelChoice.objects.create(member=member, kind="w.plain", channel=Channel.PUSH, timing=Timing.DIGEST)


def test_a_muted_group_says_nothing_but_mentions_and_money(member, subgroup):
    mute(member=member, place=subgroup.stream, length="always")

    for code in ("w.plain", "w.mention", "w.money", "w.chatter"):
        tell(member, code, key=code, place=subgroup.stream)

    assert set(Notice.objects.values_list("key", flat=True)) == {"w.mention", "w.money"}
    assert mailed() == 2


def test_a_mute_without_mentions_leaves_money_only(member, subgroup):
    mute(member=member, place=subgroup.stream, length="always", keeps_mentions=False)

    for code in ("w.plain", "w.mention", "w.money"):
        tell(member, code, key=code, place=subgroup.stream)

    assert list(Notice.objects.values_list("key", flat=True)) == ["w.money"]


def test_muting_drops_what_was_waiting_from_that_group(member, subgroup):
    tell(member, key="there", place=subgroup.stream)
    tell(member, key="elsewhere")

    mute(member=member, place=subgroup.stream, length="hour")

    assert mailed() == 1


@pytest.mark.parametrize(("length", "hours"), [("hour", 1), ("work", 8), ("week", 168)])
def test_the_end_of_a_mute_comes_by_itself(member, subgroup, length, hours):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mute(member=member, place=subgroup.stream, length=length)
        clock.shift(timedelta(hours=hours, seconds=-1))
        tell(member, key="too early", place=subgroup.stream)
        clock.shift(timedelta(seconds=2))
        tell(member, key="after", place=subgroup.stream)

    assert list(Notice.objects.values_list("key", flat=True)) == ["after"]


def test_one_mute_per_group_and_it_can_be_ended(member, subgroup):
    mute(member=member, place=subgroup.stream, length="always")
    mute(member=member, place=subgroup.stream, length="hour")
    assert Mute.objects.get().until is not None

    unmute(member=member, place=subgroup.stream)

    assert not Mute.objects.exists()


def test_who_left_a_group_gets_nothing_of_it_any_more(member, subgroup):
    tell(member, place=subgroup.stream)

    end_membership(subgroup=subgroup, member=member)

    assert mailed() == 0


def test_nobody_is_rung_at_night_and_what_was_held_comes_as_one(member):
    NoticeSettings.objects.create(member=member, quiet_from=time(22), quiet_until=time(7))
    with time_machine.travel(datetime(2026, 3, 10, 22, 30, tzinfo=UTC), tick=False) as clock:
        tell(member, key="one")
        tell(member, key="two")
        assert mailed() == 0

        clock.move_to(datetime(2026, 3, 11, 5, 59, tzinfo=UTC))
        assert mailed() == 0

        clock.move_to(datetime(2026, 3, 11, 6, 0, tzinfo=UTC))
        assert mailed() == 1

    assert "2" in mail.outbox[0].subject
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def test_quiet_hours_chosen_after_it_was_queued_hold_too(member):
    with time_machine.travel(datetime(2026, 3, 10, 23, 0, tzinfo=UTC), tick=False):
        tell(member)
        NoticeSettings.objects.create(member=member, quiet_from=time(22), quiet_until=time(7))

        assert mailed() == 0
        assert Delivery.objects.get().not_before == datetime(2026, 3, 11, 6, 0, tzinfo=UTC)


def test_above_the_weekly_limit_the_rest_waits_for_the_summary(member):
    NoticeSettings.objects.create(member=member, weekly_budget=2)
    for number in range(4):
        tell(member, key=f"thing:{number}")
        send_all_due()
    tell(member, "w.money", key="money")
    send_all_due()

    assert len(mail.outbox) == 3
    assert Notice.objects.filter(in_digest=True).count() == 2
    assert NoticeSettings.objects.get().next_digest_at is not None


def test_the_limit_counts_a_week_over_all_groups(member):
    NoticeSettings.objects.create(member=member, weekly_budget=1)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tell(member, key="one")
        send_all_due()
        clock.shift(timedelta(days=7, minutes=1))
        tell(member, key="two")

        assert mailed() == 2


def test_one_fact_told_in_two_groups_gives_one_notice(member):
    tell(member, key="announcement:7", dedupe="announcement:7")
    tell(member, key="announcement:7", dedupe="announcement:7")

    assert (Notice.objects.get().count, Delivery.objects.count()) == (1, 1)


def test_a_busy_conversation_rings_once_until_it_is_read(member):
    for _ in range(5):
        tell(member, key="thread:1")

    assert (Notice.objects.get().count, mailed()) == (5, 1)


def test_settings_page_saves_choices_and_hours(client, member, subgroup):
    client.force_login(member)

    answer = client.post(
        "/notices/settings/",
        {
            "quiet_from": "21:00",
            "quiet_until": "08:00",
            "zone": "Europe/Amsterdam",
            "digest": "weekly",
            "digest_hour": "18",
            "digest_weekday": "4",
            "push_level": "plain",
            "weekly_budget": "5",
            "mail-w.plain": "off",
        },
    )

    row = NoticeSettings.objects.get(member=member)
    assert answer.status_code == 302
    assert (row.quiet_from, row.digest, row.digest_hour, row.weekly_budget) == (time(21), "weekly", 18, 5)
    assert ChannelChoice.objects.get().timing == Timing.OFF


def test_settings_page_keeps_what_was_typed_when_it_is_wrong(client, member):
    client.force_login(member)

    answer = client.post("/notices/settings/", {"quiet_from": "25:00", "zone": "Europe/Amsterdam"})

    assert answer.status_code == 422
    assert "25:00" in answer.content.decode()


def test_a_group_can_be_muted_and_heard_again_from_its_page(client, member, subgroup):
    client.force_login(member)

    client.post(f"/notices/settings/{subgroup.stream}/mute/", {"length": "work", "keeps_mentions": "on"})
    assert Mute.objects.get().keeps_mentions
    page = client.get(f"/notices/settings/{subgroup.stream}/").content.decode()
    assert "je eigen betalingen" in page and "Wie je noemt" in page

    client.post(f"/notices/settings/{subgroup.stream}/unmute/")
    assert not Mute.objects.exists()


def test_the_settings_of_a_group_one_is_not_in_do_not_exist(client, member):
    hidden = SubgroupFactory(is_hidden=True)
    client.force_login(member)

    assert client.get(f"/notices/settings/{hidden.stream}/").status_code == 404
    assert client.post(f"/notices/settings/{hidden.stream}/mute/", {"length": "hour"}).status_code == 404


@pytest.mark.parametrize("groups", [1, 3])
def test_the_settings_page_costs_the_same_for_any_number_of_groups(client, groups, django_assert_max_num_queries):
    member = MemberFactory()
    for _ in range(groups):
        group = SubgroupFactory()
        from groups.subgroups.services import add_member

        add_member(subgroup=group, member=member)
    client.force_login(member)

    with django_assert_max_num_queries(22):
        client.get("/notices/settings/")


def test_one_tap_sets_every_kind_and_keeps_the_choices_of_a_group(member, subgroup, client):
    choose(member=member, kind="w.plain", channel=Channel.MAIL, timing=Timing.OFF, place=subgroup.stream)
    client.force_login(member)

    client.post("/notices/level/", {"level": "calm"})

    kinds = {code: notice_kind(code) for code in ("w.plain", "w.mention", "w.money")}
    timings = {code: wanted_channels([member.pk], found)[member.pk] for code, found in kinds.items()}
    assert timings == {
        "w.plain": {Channel.MAIL: Timing.DIGEST, Channel.PUSH: Timing.OFF},
        "w.mention": {Channel.MAIL: Timing.NOW, Channel.PUSH: Timing.NOW},
        "w.money": {Channel.MAIL: Timing.NOW, Channel.PUSH: Timing.NOW},
    }
    assert wanted_channels([member.pk], kinds["w.plain"], subgroup.stream)[member.pk][Channel.MAIL] == Timing.OFF


@pytest.mark.parametrize("level", ["calm", "normal", "everything"])
def test_the_level_that_was_chosen_is_shown_until_a_choice_differs(member, level):
    choose_level(member=member, level=level)
    assert level_of(member) == level

    choose(member=member, kind="w.mention", channel=Channel.MAIL, timing=Timing.OFF)

    assert level_of(member) == ""


def test_at_the_usual_level_nothing_is_kept(member):
    choose_level(member=member, level="calm")
    choose_level(member=member, level="normal")

    assert not ChannelChoice.objects.exists()


def test_a_level_nobody_offered_is_refused(member, client):
    client.force_login(member)

    assert client.post("/notices/level/", {"level": "silence"}).status_code == 400
