"""The duty roster: who is on duty now, handing over with a yes, what to do in an emergency."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.duty.errors import AlreadyAsked, HandoverGone, NotInTheGroup, TurnOver, TurnsOverlap
from groups.duty.models import EmergencyText, Turn, TurnHandover
from groups.duty.queries import turn_now
from groups.duty.retention import wipe_turns
from groups.duty.services import answer_handover, ask_handover, cancel_turn, plan_turn, say_emergency, take_back
from groups.people.answer_clock import person_in_charge
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from groups.topics.models import Topic
from groups.topics.services import start_topic
from notifications.cards import cards_for
from notifications.kinds import notice_kind
from notifications.models import Notice
from notifications.services.telling import unread_notices
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def group():
    return SubgroupFactory(name="Havenwacht")


@pytest.fixture
def manager(group):
    return member_of(group, SubgroupRole.MANAGER, first_name="Manon")


@pytest.fixture
def bram(group):
    return member_of(group, first_name="Bram")


@pytest.fixture
def carla(group):
    return member_of(group, first_name="Carla")


def turn_of(group, member, by, begins=-1, hours=4) -> Turn:
    start = timezone.now() + timedelta(hours=begins)
    return plan_turn(subgroup=group, member=member, starts_at=start, ends_at=start + timedelta(hours=hours), by=by)


def page(client, group, member) -> str:
    client.force_login(member)
    return client.get(reverse("duty", args=[group.slug])).content.decode()


def kinds_told(member) -> list[str]:
    return list(Notice.objects.filter(member=member).order_by("kind").values_list("kind", flat=True))


def test_the_page_shows_who_is_on_duty_now_and_who_comes_after(client, group, manager, bram, carla):
    turn_of(group, bram, manager)
    turn_of(group, carla, manager, begins=5)

    shown = page(client, group, carla)

    now, later = shown.split('id="now"')[1].split("list-title")
    assert "Bram" in now
    assert "Carla" not in now
    assert "Carla" in later


def test_nobody_is_on_duty_before_and_after_the_turn(group, manager, bram):
    turn = turn_of(group, bram, manager)

    moments = (turn.starts_at - timedelta(seconds=1), turn.starts_at, turn.ends_at)

    assert [turn_now(group, moment) for moment in moments] == [None, turn, None]


def test_a_hand_over_counts_only_after_a_yes(client, group, manager, bram, carla):
    turn = turn_of(group, bram, manager)
    client.force_login(bram)
    client.post(reverse("hand-over-turn", args=[turn.pk]), {"to": carla.pk})
    assert turn_now(group).member == bram
    assert "duty-asked" in str([card.key for card in cards_for(carla)])
    assert kinds_told(carla) == ["duty.asked"]

    client.force_login(carla)
    client.post(reverse("answer-turn", args=[TurnHandover.objects.get().pk, "accept"]))

    assert turn_now(group).member == carla
    assert kinds_told(bram) == ["duty.accepted"]
    assert unread_notices(carla) == 0
    assert "Carla" in page(client, group, bram).split('id="now"')[1]


def test_a_no_leaves_the_turn_where_it_was(group, manager, bram, carla):
    turn = turn_of(group, bram, manager)
    asked = ask_handover(turn=turn, to=carla, by=bram)

    answer_handover(handover=asked, by=carla, accept=False)

    assert turn_now(group).member == bram
    with pytest.raises(HandoverGone):
        answer_handover(handover=asked, by=carla, accept=True)
    ask_handover(turn=turn, to=manager, by=bram)  # somebody else may be asked now


def test_only_who_has_the_turn_asks_and_only_who_is_asked_answers(client, group, manager, bram, carla):
    turn = turn_of(group, bram, manager)
    answers = []
    for person in (carla, MemberFactory()):
        client.force_login(person)
        answers.append(client.post(reverse("hand-over-turn", args=[turn.pk]), {"to": manager.pk}).status_code)
    asked = ask_handover(turn=turn, to=carla, by=bram)
    for person in (bram, manager):
        client.force_login(person)
        answers.append(client.post(reverse("answer-turn", args=[asked.pk, "accept"])).status_code)

    assert answers == [404, 404, 404, 404]
    assert turn_now(group).member == bram


def test_asking_twice_and_asking_an_outsider_are_refused(client, group, manager, bram, carla):
    turn = turn_of(group, bram, manager)
    with pytest.raises(NotInTheGroup):
        ask_handover(turn=turn, to=MemberFactory(), by=bram)
    asked = ask_handover(turn=turn, to=carla, by=bram)
    with pytest.raises(AlreadyAsked):
        ask_handover(turn=turn, to=manager, by=bram)
    client.force_login(bram)
    assert client.post(reverse("hand-over-turn", args=[turn.pk]), {"to": manager.pk}).status_code == 422

    client.post(reverse("keep-turn", args=[asked.pk]))

    assert not TurnHandover.objects.exists()
    assert unread_notices(carla) == 0
    with pytest.raises(HandoverGone):
        take_back(handover=asked)


def test_turns_do_not_overlap_and_follow_on_each_other(group, manager, bram, carla):
    first = turn_of(group, bram, manager)
    with pytest.raises(TurnsOverlap):
        turn_of(group, carla, manager, begins=2)

    after = plan_turn(
        subgroup=group, member=carla, starts_at=first.ends_at, ends_at=first.ends_at + timedelta(hours=1), by=manager
    )

    assert turn_now(group, first.ends_at) == after


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_plans_at_once_give_one_turn():
    group = SubgroupFactory()
    planner = member_of(group, SubgroupRole.MANAGER)
    start = timezone.now() + timedelta(hours=1)

    def plan(minutes):
        begin = start + timedelta(minutes=minutes)
        return plan_turn(
            subgroup=group, member=planner, starts_at=begin, ends_at=begin + timedelta(hours=2), by=planner
        )

    at_once(lambda: plan(0), lambda: plan(10))

    assert Turn.objects.count() == 1


def test_managers_plan_and_members_do_not(client, group, manager, bram):
    day = timezone.localdate() + timedelta(days=1)
    values = {"member": bram.pk, "starts_at": f"{day}T09:00", "ends_at": f"{day}T17:00"}
    for person, status in ((bram, 403), (MemberFactory(), 404)):
        client.force_login(person)
        for name in ("plan-turn", "emergency-text"):
            assert client.post(reverse(name, args=[group.slug]), values).status_code == status
    client.force_login(manager)
    backwards = {**values, "ends_at": f"{day}T08:00"}
    refused = client.post(reverse("plan-turn", args=[group.slug]), backwards)
    assert refused.status_code == 422
    assert f"{day}T08:00" in refused.content.decode()

    client.post(reverse("plan-turn", args=[group.slug]), values)

    turn = Turn.objects.get()
    assert turn.starts_at == datetime(day.year, day.month, day.day, 9, tzinfo=AMSTERDAM)
    assert kinds_told(bram) == ["duty.planned"]
    assert client.post(reverse("plan-turn", args=[group.slug]), values).status_code == 422


def test_a_manager_takes_a_turn_off_and_who_had_it_hears(client, group, manager, bram, carla):
    turn = turn_of(group, bram, manager)
    client.force_login(carla)
    assert client.post(reverse("cancel-turn", args=[turn.pk])).status_code == 403

    client.force_login(manager)
    client.post(reverse("cancel-turn", args=[turn.pk]))

    assert not Turn.objects.exists()
    assert "duty.cancelled" in kinds_told(bram)


def test_who_left_the_group_is_no_longer_on_duty(client, group, manager, bram):
    turn_of(group, bram, manager)

    end_membership(subgroup=group, member=bram)

    assert turn_now(group) is None
    assert "Bram" not in page(client, group, manager)
    client.force_login(bram)
    assert client.get(reverse("duty", args=[group.slug])).status_code == 404


def test_the_emergency_text_is_for_the_members_and_goes_when_emptied(client, group, manager, bram):
    client.force_login(manager)
    client.post(reverse("emergency-text", args=[group.slug]), {"text": "Bel eerst 112."})
    assert "Bel eerst 112." in page(client, group, bram)

    say_emergency(subgroup=group, by=manager, text=" ")

    assert not EmergencyText.objects.exists()
    assert "Bel eerst 112." not in page(client, group, bram)


def test_a_question_goes_to_who_is_on_duty_when_they_look_after_questions(group, manager, bram, carla):
    def question(by):
        return start_topic(kind=Topic.Kind.QUESTION, subgroup=group, by=by, title="Wanneer?", text="Wanneer open?")

    assert question(carla).owner is None
    plain = turn_of(group, bram, manager)
    assert person_in_charge(group) == bram
    assert question(carla).owner is None  # a plain member does not answer for the group
    cancel_turn(turn=plain, by=manager)
    turn_of(group, manager, manager)

    assert question(carla).owner == manager
    assert question(manager).owner is None


def test_a_turn_that_is_over_is_not_handed_over(group, manager, bram, carla):
    turn = turn_of(group, bram, manager)
    asked = ask_handover(turn=turn, to=carla, by=bram)
    Turn.objects.filter(pk=turn.pk).update(ends_at=timezone.now() - timedelta(minutes=1))

    with pytest.raises(TurnOver):
        answer_handover(handover=asked, by=carla, accept=True)


def test_the_database_keeps_a_turn_in_order(group, manager, bram):
    turn = turn_of(group, bram, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(ends_at=turn.starts_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        TurnHandover.objects.create(turn=turn, giver=bram, asked=bram)
    with pytest.raises(IntegrityError), transaction.atomic():
        TurnHandover.objects.create(turn=turn, giver=bram, asked=manager, is_accepted=True)


def test_old_turns_go(group, manager, bram):
    turn_of(group, bram, manager, begins=-900)
    kept = turn_of(group, bram, manager)

    wipe_turns(timezone.now() - timedelta(days=30), None, 10)

    assert list(Turn.objects.all()) == [kept]


def test_the_page_costs_the_same_for_any_number_of_turns(client, group, manager, bram, django_assert_max_num_queries):
    turn_of(group, bram, manager)
    turn_of(group, bram, manager, begins=4)
    page(client, group, bram)
    with django_assert_max_num_queries(60) as few:
        page(client, group, bram)
    for number in range(3):
        turn_of(group, bram, manager, begins=10 + 5 * number)

    with django_assert_max_num_queries(len(few)):
        page(client, group, bram)


def test_what_is_told_goes_out_while_the_turn_is_there(group, manager, bram, carla):
    turn = turn_of(group, bram, manager, begins=2)
    ask_handover(turn=turn, to=carla, by=bram)
    told = {kind: notice_kind(kind) for kind in ("duty.planned", "duty.asked", "duty.accepted", "duty.declined")}

    goes = {kind: told[kind].still_true(carla, {"turn": turn.pk}) for kind in told}
    words = {kind: str(told[kind].words(carla, {"turn": turn.pk}, 1).title) for kind in told}

    assert goes == dict.fromkeys(told, True)
    assert all(text.startswith("Havenwacht: ") for text in words.values())
    Turn.objects.all().delete()
    assert not any(kind.still_true(carla, {"turn": turn.pk}) for kind in told.values())
