"""Shifts and swaps, questions at sign-up, reminders at chosen hours, and who leaves the group."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from groups.events.errors import (
    AlreadyAsked,
    CannotSwap,
    NotYourShift,
    QuestionOpen,
    ShiftFull,
    ShiftOver,
    SwapAnswered,
)
from groups.events.models import Answer, Question, Reply, ShiftPlace
from groups.events.queries import swaps_to_answer
from groups.events.services import (
    answer_event,
    answer_swap,
    ask_at_event,
    ask_swap,
    cancel_event,
    leave_shift,
    plan_event,
    plan_shift,
    take_shift,
    wipe_sensitive,
)
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from notifications.models import Notice
from notifications.reminders import queue_due
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def leader(subgroup):
    return member_of(subgroup, SubgroupRole.MANAGER)


@pytest.fixture
def party(subgroup, leader):
    start = timezone.now() + timedelta(days=3)
    return plan_event(
        by=leader, subgroup=subgroup, title="Feest", starts_at=start, ends_at=start + timedelta(hours=5), capacity=2
    )


def shift(event, title="Bar", places=1, hour=1):
    start = event.starts_at + timedelta(hours=hour)
    return plan_shift(event=event, title=title, starts_at=start, ends_at=start + timedelta(hours=1), places=places)


def doers(shift):
    return [place.member for place in shift.taken.order_by("number")]


# --- Shifts -----------------------------------------------------------------------------------------
def test_a_shift_takes_as_many_as_it_needs_and_once_each(subgroup, party):
    bar = shift(party, places=2)
    first, second, third = (member_of(subgroup) for _ in range(3))

    take_shift(shift=bar, member=first)
    take_shift(shift=bar, member=first)
    take_shift(shift=bar, member=second)

    with pytest.raises(ShiftFull):
        take_shift(shift=bar, member=third)
    leave_shift(shift=bar, member=first)
    with pytest.raises(NotYourShift):
        leave_shift(shift=bar, member=first)
    take_shift(shift=bar, member=third)
    assert {member.pk for member in doers(bar)} == {second.pk, third.pk}


def test_a_shift_that_began_or_whose_event_is_off_is_fixed(leader, subgroup, party, time_machine):
    bar, member = shift(party), member_of(subgroup)
    cancel_event(event=party, by=leader)

    with pytest.raises(ShiftOver):
        take_shift(shift=bar, member=member)
    time_machine.move_to(party.starts_at + timedelta(hours=2))
    with pytest.raises(ShiftOver):
        leave_shift(shift=bar, member=member)


def test_a_swap_counts_only_after_both_want_it(subgroup, party):
    bar, one, other = shift(party), member_of(subgroup), member_of(subgroup)
    place = take_shift(shift=bar, member=one)

    swap = ask_swap(place=place, by=one, to=other)
    before = doers(bar)
    answer_swap(swap=swap, by=other, yes=True)

    assert before == [one]
    assert doers(bar) == [other]
    assert Notice.objects.filter(member=other, kind="shift-swap").exists()
    assert Notice.objects.filter(member=one, kind="shift-swapped").exists()
    with pytest.raises(SwapAnswered):
        answer_swap(swap=swap, by=other, yes=True)


def test_two_shifts_change_hands(subgroup, party):
    bar, door = shift(party), shift(party, title="Deur", hour=3)
    one, other = member_of(subgroup), member_of(subgroup)
    mine, theirs = take_shift(shift=bar, member=one), take_shift(shift=door, member=other)

    answer_swap(swap=ask_swap(place=mine, by=one, to=other, in_exchange=theirs), by=other, yes=True)

    assert (doers(bar), doers(door)) == ([other], [one])


def test_a_no_changes_nothing_and_a_new_question_takes_the_place_of_the_old(subgroup, party):
    bar = shift(party)
    one, other, third = (member_of(subgroup) for _ in range(3))
    place = take_shift(shift=bar, member=one)
    first = ask_swap(place=place, by=one, to=other)

    second = ask_swap(place=place, by=one, to=third)
    with pytest.raises(SwapAnswered):
        answer_swap(swap=first, by=other, yes=True)
    answer_swap(swap=second, by=third, yes=False)

    assert doers(bar) == [one]


def test_one_cannot_ask_outsiders_who_does_it_already_or_for_somebody_else(subgroup, party):
    bar, one, other = shift(party, places=2), member_of(subgroup), member_of(subgroup)
    place = take_shift(shift=bar, member=one)
    take_shift(shift=bar, member=other)

    for to in (MemberFactory(), other, one):
        with pytest.raises(CannotSwap):
            ask_swap(place=place, by=one, to=to)
    with pytest.raises(NotYourShift):
        ask_swap(place=place, by=other, to=member_of(subgroup))


def test_the_database_gives_a_place_once(subgroup, party):
    bar = shift(party)
    take_shift(shift=bar, member=member_of(subgroup))

    with pytest.raises(IntegrityError), transaction.atomic():
        ShiftPlace.objects.create(shift=bar, member=member_of(subgroup), number=1)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_to_one_of_many():
    subgroup = SubgroupFactory()
    start = timezone.now() + timedelta(days=3)
    event = plan_event(
        by=member_of(subgroup, SubgroupRole.MANAGER), subgroup=subgroup, title="Feest", starts_at=start,
        ends_at=start + timedelta(hours=5),
    )  # fmt: skip
    bar, people = shift(event), [member_of(subgroup) for _ in range(4)]

    outcomes = at_once(*(lambda m=member: take_shift(shift=bar, member=m) for member in people))

    assert sum(isinstance(outcome, ShiftFull) for outcome in outcomes) == 3
    assert bar.taken.count() == 1


def test_pages_plan_take_swap_and_answer(client, subgroup, leader, party):
    one, other = member_of(subgroup, first_name="Joost"), member_of(subgroup, first_name="Ineke")
    day = party.first_day.isoformat()
    client.force_login(leader)
    wrong = client.post(reverse("event-shifts", args=[party.pk]), {"title": "Bar", "day": day, "start": "20:00"})
    client.post(
        reverse("event-shifts", args=[party.pk]),
        {"title": "Bar", "day": day, "start": "23:00", "end": "01:00", "places": "1"},
    )
    bar = party.shifts.get()
    client.force_login(one)
    client.post(reverse("take-shift", args=[bar.pk]))
    answer_event(event=party, member=other, choice=Answer.Choice.YES)
    client.post(reverse("swap-shift", args=[bar.pk]), {"other": f"m{other.pk}"})
    client.force_login(other)
    page = client.get(party.get_absolute_url()).content.decode()
    client.post(reverse("answer-swap", args=[swaps_to_answer(other).get().pk]), {"answer": "yes"})

    assert wrong.status_code == 422
    assert "Joost" in page
    assert "Ja, dat doe ik" in page
    assert doers(bar) == [other]
    assert bar.ends_at - bar.starts_at == timedelta(hours=2)


def test_outsiders_and_plain_members_stay_out(client, subgroup, party):
    bar = shift(party)
    client.force_login(MemberFactory())
    assert client.post(reverse("take-shift", args=[bar.pk])).status_code == 404
    client.force_login(member_of(subgroup))
    for name in ("event-shifts", "event-questions", "event-replies"):
        assert client.get(reverse(name, args=[party.pk])).status_code == 403
    assert client.post(reverse("remove-shift", args=[bar.pk])).status_code == 403
    assert client.get(reverse("swap-shift", args=[bar.pk])).status_code == 404


def test_who_may_plan_events_too_changes_and_reads_only_the_own_ones(client):
    subgroup = SubgroupFactory(kind="project")  # here every member may plan
    planner, other = member_of(subgroup), member_of(subgroup)
    start = timezone.now() + timedelta(days=3)
    picnic = plan_event(
        by=planner, subgroup=subgroup, title="Picknick", starts_at=start, ends_at=start + timedelta(hours=1)
    )

    answers = {}
    for member in (planner, other):
        client.force_login(member)
        names = ("edit-event", "event-replies", "event-shifts")
        answers[member] = [client.get(reverse(name, args=[picnic.pk])).status_code for name in names]

    assert answers == {planner: [200, 200, 200], other: [403, 403, 403]}


# --- Questions --------------------------------------------------------------------------------------
DIET = {"text": "Dieet?", "is_required": True, "is_sensitive": True}
SIZE = {"text": "Maat shirt?", "is_required": False, "is_sensitive": False}


def test_a_required_question_is_answered_before_one_comes(client, subgroup, party):
    ask_at_event(event=party, questions=[DIET])
    member, question = member_of(subgroup), Question.objects.get()

    with pytest.raises(QuestionOpen):
        answer_event(event=party, member=member, choice=Answer.Choice.YES)
    client.force_login(member)
    answer = client.post(reverse("answer-event", args=[party.pk]), {"choice": "yes", "remark": "Leuk"})
    answer_event(event=party, member=member, choice=Answer.Choice.YES, replies={question.pk: "Vegetarisch"})

    assert answer.status_code == 422
    assert "Leuk" in answer.content.decode()
    assert "Beantwoord eerst" in answer.content.decode()
    assert Reply.objects.get().text == "Vegetarisch"


def test_what_was_filled_in_is_read_by_the_organiser_and_oneself(client, subgroup, leader, party):
    ask_at_event(event=party, questions=[DIET, SIZE])
    member, other = member_of(subgroup), member_of(subgroup)
    question = Question.objects.first()
    client.force_login(member)
    client.post(reverse("answer-event", args=[party.pk]), {"choice": "yes", f"q{question.pk}": "Notenallergie"})

    seen = {}
    for name, who in {"self": member, "other": other, "leader": leader}.items():
        client.force_login(who)
        seen[name] = "Notenallergie" in client.get(party.get_absolute_url()).content.decode()
    replies = client.get(reverse("event-replies", args=[party.pk])).content.decode()

    assert seen == {"self": True, "other": False, "leader": False}
    assert "Notenallergie" in replies


def test_saying_no_wipes_what_was_filled_in(subgroup, party):
    ask_at_event(event=party, questions=[DIET])
    member, question = member_of(subgroup), Question.objects.get()
    answer_event(event=party, member=member, choice=Answer.Choice.YES, replies={question.pk: "Vegan"})

    answer_event(event=party, member=member, choice=Answer.Choice.NO)

    assert not Reply.objects.exists()


def test_sensitive_answers_are_gone_a_month_after_the_event_and_others_stay(subgroup, party, time_machine):
    from community.privacy.retention import wipe_all

    ask_at_event(event=party, questions=[DIET, SIZE])
    diet, size = Question.objects.all()
    answer_event(
        event=party, member=member_of(subgroup), choice=Answer.Choice.YES, remark="Geen noten",
        replies={diet.pk: "Vegan", size.pk: "M"},
    )  # fmt: skip

    time_machine.move_to(party.ends_at + timedelta(days=29))
    wipe_all()
    before = (Reply.objects.count(), Answer.objects.get().remark)
    time_machine.move_to(party.ends_at + timedelta(days=30, minutes=1))
    wipe_all()

    assert before == (2, "Geen noten")
    assert list(Reply.objects.values_list("text", flat=True)) == ["M"]
    assert Answer.objects.get().remark == ""


def test_wiping_respects_its_limit(subgroup, party, time_machine):
    ask_at_event(event=party, questions=[DIET])
    question = Question.objects.get()
    for _ in range(2):
        answer_event(event=party, member=member_of(subgroup), choice=Answer.Choice.YES, replies={question.pk: "Vegan"})

    assert wipe_sensitive(party.ends_at + timedelta(days=1), None, 1) == 1
    assert Reply.objects.count() == 1


def test_questions_that_were_answered_stay_as_they_are(client, subgroup, leader, party):
    client.force_login(leader)
    values = {"q-TOTAL_FORMS": "1", "q-INITIAL_FORMS": "0", "q-0-text": "Dieet?", "q-0-is_sensitive": "on"}
    client.post(reverse("event-questions", args=[party.pk]), values)
    question = Question.objects.get()
    answer_event(event=party, member=member_of(subgroup), choice=Answer.Choice.YES, replies={question.pk: "Vegan"})

    answer = client.post(reverse("event-questions", args=[party.pk]), {**values, "q-0-text": "Allergie?"})

    assert question.is_sensitive
    assert answer.status_code == 422
    assert Question.objects.get().text == "Dieet?"
    with pytest.raises(AlreadyAsked):
        ask_at_event(event=party, questions=[])


# --- Reminders and leavers --------------------------------------------------------------------------
@pytest.mark.parametrize(("hours", "early", "late"), [(2, 3, 1), (48, 49, 47), (168, 169, 167)])
def test_the_organiser_chooses_when_people_are_reminded(subgroup, leader, time_machine, hours, early, late):
    start = timezone.now() + timedelta(days=20)
    event = plan_event(
        by=leader, subgroup=subgroup, title="Tocht", starts_at=start, ends_at=start + timedelta(hours=2),
        remind_hours=hours,
    )  # fmt: skip
    member = member_of(subgroup)
    answer_event(event=event, member=member, choice=Answer.Choice.YES)
    reminded = Notice.objects.filter(member=member, kind="event-reminder")

    time_machine.move_to(start - timedelta(hours=early))
    queue_due()
    before = reminded.exists()
    time_machine.move_to(start - timedelta(hours=late))
    queue_due()

    assert not before
    assert reminded.exists()


def test_who_leaves_the_group_makes_room_for_the_first_in_line(subgroup, party):
    leaver, second, waiting = (member_of(subgroup) for _ in range(3))
    for member in (leaver, second, waiting):
        answer_event(event=party, member=member, choice=Answer.Choice.YES)
    bar = shift(party)
    take_shift(shift=bar, member=leaver)

    end_membership(subgroup=subgroup, member=leaver)

    assert not Answer.objects.filter(member=leaver).exists()
    assert not Answer.objects.get(member=waiting).is_waiting
    assert doers(bar) == []
    assert Notice.objects.filter(member=waiting, kind="event-place").count() == 1
