"""Tasks: private or of a group, asked and answered, repeated, made from a message, and reminded of at the minute."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.conversations.services import post_message, remove_message, start_thread
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import end_membership
from groups.todos.errors import AlreadyDone, AlreadyTaken, NeedsMoment, NotInThisGroup, NotYours
from groups.todos.models import Task, TaskEvent, TaskReminder
from groups.todos.queries import task_list
from groups.todos.services import (
    change_task,
    decline_task,
    finish_task,
    make_task,
    next_moment,
    reopen_task,
    take_task,
)
from notifications.models import Notice
from notifications.reminders import queue_due
from notifications.services import send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def subgroup():
    return SubgroupFactory()


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def test_a_line_typed_on_the_list_is_a_private_task(client):
    me, other = MemberFactory(), MemberFactory()
    client.force_login(me)

    client.post("/tasks/", {"title": "Riemen lakken"})

    task = Task.objects.get()
    assert (task.assignee, task.subgroup, task.is_asked) == (me, None, False)
    client.force_login(other)
    assert client.get(task.get_absolute_url()).status_code == 404
    assert client.post(f"/tasks/{task.pk}/act/", {"act": "finish"}).status_code == 404


def test_who_is_asked_for_a_group_task_must_accept(subgroup):
    maker, doer = member_of(subgroup), member_of(subgroup)

    task = make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=doer)

    assert task.is_asked
    assert Notice.objects.get(member=doer).kind == "task.asked"
    take_task(task=task, by=doer)
    task.refresh_from_db()
    assert not task.is_asked
    assert Notice.objects.get(member=maker).kind == "task.accepted"


def test_the_page_of_a_task_says_how_it_stands_and_who_asked_whom(subgroup, client):
    maker, doer = member_of(subgroup, first_name="Bente"), member_of(subgroup, first_name="Joost")
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=doer)
    client.force_login(doer)
    assert "Wacht op antwoord" in client.get(task.get_absolute_url()).content.decode()

    take_task(task=task, by=doer)
    page = client.get(task.get_absolute_url()).content.decode()

    assert "Opgepakt" in page
    assert re.search(r"Bente[^<]*</bdi> vroeg <bdi>Joost", page)


def test_who_declines_leaves_the_task_open_to_all_and_the_maker_hears_it(subgroup):
    maker, doer, third = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=doer, due_at=in_an_hour())

    decline_task(task=task, by=doer)
    take_task(task=task, by=third)

    acts = list(TaskEvent.objects.values_list("act", flat=True))
    assert acts == ["made", "asked", "declined", "accepted"]
    assert Task.objects.get().assignee == third


def test_a_task_cannot_be_given_to_somebody_outside_the_group(subgroup):
    maker = member_of(subgroup)

    with pytest.raises(NotInThisGroup):
        make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=MemberFactory())


def test_repeating_and_reminding_need_a_moment(subgroup):
    me = member_of(subgroup)

    with pytest.raises(NeedsMoment):
        make_task(by=me, title="Elke week", repeat="weekly")
    with pytest.raises(NeedsMoment):
        make_task(by=me, title="Denk eraan", remind_before=[timedelta()])
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(title="Elke week", repeat="weekly", made_by=me, assignee=me)


def test_an_empty_title_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(title="")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_take_a_task_at_once_do_not_both_get_it(subgroup):
    maker, one, two = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup)

    results = at_once(lambda: take_task(task=task, by=one), lambda: take_task(task=task, by=two))

    assert sorted(type(result).__name__ for result in results) == ["AlreadyTaken", "NoneType"]


def test_only_who_does_it_made_it_or_manages_may_finish_and_once(subgroup):
    maker, doer, outsider = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=doer)

    with pytest.raises(NotYours):
        finish_task(task=task, by=outsider)
    finish_task(task=task, by=manager)
    with pytest.raises(AlreadyDone):
        finish_task(task=task, by=doer)
    with pytest.raises(AlreadyDone):
        take_task(task=task, by=doer)
    with pytest.raises(NotYours):
        reopen_task(task=task, by=outsider)


def test_taken_by_somebody_else_is_said_in_a_sentence(subgroup, client):
    maker, doer, late = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup)
    take_task(task=task, by=doer)

    with pytest.raises(AlreadyTaken):
        take_task(task=task, by=late)


def test_who_left_the_group_sees_its_tasks_no_more(subgroup, client):
    maker, doer = member_of(subgroup), member_of(subgroup)
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=doer, due_at=in_an_hour())
    end_membership(subgroup=subgroup, member=doer)
    client.force_login(doer)

    assert client.get(task.get_absolute_url()).status_code == 404
    assert client.get(f"/groups/{subgroup.slug}/tasks/").status_code == 404
    assert "Bardienst" not in client.get("/tasks/").content.decode()
    assert not Notice.objects.filter(member=doer).exists()


def test_a_task_from_a_message_keeps_the_link_and_outlives_the_message(subgroup, client):
    me, writer = member_of(subgroup), member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=writer, title="Lampen", text="Wie neemt de lampen mee?")
    message = post_message(conversation=thread, by=writer, text="Anneke, regel jij de sleutel?")
    client.force_login(me)
    address = f"/tasks/new/?from=message.{message.pk}"
    assert "regel jij de sleutel" in client.get(address).content.decode()

    client.post(address, {"title": "Sleutel regelen"})

    task = Task.objects.get()
    assert message.get_absolute_url() in client.get(task.get_absolute_url()).content.decode().replace("&amp;", "&")
    remove_message(message=message, by=writer)
    page = client.get(task.get_absolute_url()).content.decode()
    assert "Sleutel regelen" in page and message.get_absolute_url() not in page


def test_one_press_at_a_message_makes_a_task_of_ones_own_with_its_words(subgroup, client):
    me, other = member_of(subgroup), member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=other, title="Lampen", text="Wie neemt\nde lampen mee?")
    message = thread.messages.get(number=1)
    client.force_login(me)

    answer = client.post(f"/tasks/new/?from=message.{message.pk}")

    task = Task.objects.get()
    assert answer["Location"] == task.get_absolute_url()
    assert (task.title, task.assignee, task.subgroup) == ("Wie neemt de lampen mee?", me, None)
    assert task.source == f"message.{message.pk}"


def test_a_task_of_ones_own_can_become_one_of_a_group_and_then_stays_there(subgroup, client):
    me, other = member_of(subgroup), member_of(subgroup)
    task, strange = make_task(by=me, title="Vlag hijsen"), SubgroupFactory()
    client.force_login(me)
    address = f"{task.get_absolute_url()}edit/"

    assert client.post(address, {"title": "Vlag hijsen", "subgroup": strange.pk}).status_code == 422
    client.post(address, {"title": "Vlag hijsen", "subgroup": subgroup.pk})
    client.post(address, {"title": "Vlag strijken", "subgroup": "", "assignee": me.pk})

    task.refresh_from_db()
    assert (task.title, task.subgroup, task.assignee, task.is_asked) == ("Vlag strijken", subgroup, me, False)
    client.force_login(other)
    assert client.get(task.get_absolute_url()).status_code == 200


def test_a_message_without_words_asks_for_them(subgroup, client):
    client.force_login(member_of(subgroup))

    answer = client.post("/tasks/new/?from=message.999", {"csrfmiddlewaretoken": "x"})

    assert 'name="title"' in answer.content.decode()
    assert 'aria-invalid="true"' not in answer.content.decode()
    assert not Task.objects.exists()


def test_what_was_done_in_a_group_stands_there_with_who_did_it(subgroup, client):
    doer, reader = member_of(subgroup, first_name="Bente"), member_of(subgroup)
    task = make_task(by=doer, title="Lampen opladen", subgroup=subgroup, assignee=doer)
    finish_task(task=task, by=doer)
    client.force_login(reader)

    page = client.get(f"/groups/{subgroup.slug}/tasks/").content.decode()

    assert "Lampen opladen" in page
    assert "Bente" in page


def test_a_task_cannot_be_made_from_a_message_one_may_not_read(subgroup, client):
    writer = member_of(subgroup)
    thread = start_thread(subgroup=subgroup, by=writer, title="Geheim", text="het bedrag is 900")
    client.force_login(MemberFactory())

    page = client.get(f"/tasks/new/?from=message.{thread.messages.first().pk}").content.decode()

    assert "900" not in page


@pytest.mark.parametrize("year_month_day", [(2026, 3, 28), (2026, 3, 29), (2026, 10, 24), (2026, 10, 25), (2026, 7, 1)])
def test_a_reminder_for_half_past_eight_comes_at_half_past_eight_by_the_clock(year_month_day):
    me = MemberFactory()
    at = datetime(*year_month_day, 8, 30, tzinfo=AMSTERDAM)
    with time_machine.travel(at - timedelta(days=2), tick=False) as clock:
        make_task(by=me, title="Boot ophalen", due_at=at, remind_before=[timedelta()])
        clock.move_to(at.astimezone(UTC) - timedelta(seconds=1))
        queue_due()
        send_all_due()
        assert mail.outbox == []

        clock.move_to(at.astimezone(UTC) + timedelta(seconds=19))
        queue_due()
        send_all_due()

    assert [message.to for message in mail.outbox] == [[me.email]]


def test_a_reminder_a_day_before_is_at_the_same_hour_on_the_wall():
    me, due = MemberFactory(), datetime(2027, 3, 28, 8, 30, tzinfo=AMSTERDAM)

    make_task(by=me, title="Boot", due_at=due, remind_before=[timedelta(days=1), timedelta(hours=1)])

    moments = TaskReminder.objects.order_by("at").values_list("at", flat=True)
    assert [timezone.localtime(at).strftime("%d %H:%M") for at in moments] == ["27 08:30", "28 07:30"]


def test_a_moment_of_ones_own_reminds_without_a_deadline_and_stays_when_the_task_is_changed(client):
    me = MemberFactory()
    client.force_login(me)
    with time_machine.travel(datetime(2026, 3, 27, 12, tzinfo=AMSTERDAM), tick=False) as clock:
        client.post("/tasks/new/", {"title": "Bellen", "remind_at": "2026-03-29T08:30"})
        task = Task.objects.get()
        form = client.get(f"/tasks/{task.pk}/edit/").context["form"]
        client.post(f"/tasks/{task.pk}/edit/", {"title": "Bakker bellen", "remind_at": form.initial["remind_at"]})
        clock.move_to(datetime(2026, 3, 29, 8, 29, 59, tzinfo=AMSTERDAM))
        queue_due()
        assert not send_all_due()
        clock.move_to(datetime(2026, 3, 29, 8, 30, 19, tzinfo=AMSTERDAM))
        queue_due()
        send_all_due()

    assert ["Bakker bellen" in message.subject for message in mail.outbox] == [True]


def test_a_moment_that_has_passed_is_refused_and_the_rest_stays(client):
    client.force_login(MemberFactory())

    answer = client.post("/tasks/new/", {"title": "Bellen", "remind_at": "2020-01-01T08:30"})

    assert answer.status_code == 422
    assert answer.context["form"]["title"].value() == "Bellen"
    assert not Task.objects.exists()


def test_a_reminder_is_given_once_and_not_for_what_is_done():
    me = MemberFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        make_task(by=me, title="Een", due_at=in_an_hour(), remind_before=[timedelta()])
        two = make_task(by=me, title="Twee", due_at=in_an_hour(), remind_before=[timedelta()])
        clock.shift(timedelta(hours=1, seconds=1))
        assert [queue_due() for _ in range(4)] == [2, 0, 0, 0]
        finish_task(task=two, by=me)
        send_all_due()

    assert len(mail.outbox) == 1
    assert TaskReminder.objects.filter(given_at__isnull=True).count() == 0


@pytest.mark.parametrize(
    ("repeat", "due", "now", "expected"),
    [
        ("daily", (2026, 3, 28, 8, 30), (2026, 3, 28, 9), (2026, 3, 29, 8, 30)),
        ("weekly", (2026, 10, 20, 8, 30), (2026, 10, 20, 7), (2026, 10, 27, 8, 30)),
        ("weekly", (2026, 10, 20, 8, 30), (2026, 11, 4, 7), (2026, 11, 10, 8, 30)),
        ("monthly", (2027, 1, 31, 8, 30), (2027, 1, 31, 9), (2027, 2, 28, 8, 30)),
        ("monthly", (2027, 1, 31, 8, 30), (2027, 3, 1, 9), (2027, 3, 31, 8, 30)),
        ("yearly", (2028, 2, 29, 8, 30), (2028, 3, 1, 9), (2029, 2, 28, 8, 30)),
    ],
)
def test_a_repeated_task_comes_back_at_the_same_hour(repeat, due, now, expected):
    due, now, expected = (datetime(*parts, tzinfo=AMSTERDAM) for parts in (due, now, expected))

    assert next_moment(due, repeat, now) == expected


def test_finishing_a_repeated_task_makes_the_next_and_reopening_takes_it_back():
    me = MemberFactory()
    task = make_task(by=me, title="Planten", due_at=in_an_hour(), repeat="weekly", remind_before=[timedelta()])

    following = finish_task(task=task, by=me)

    assert following.due_at > task.due_at
    assert following.reminders.count() == 1
    reopen_task(task=task, by=me)
    assert list(Task.objects.filter(done_at__isnull=True)) == [task]


def test_changing_a_task_asks_the_new_assignee(subgroup):
    maker, one, two = member_of(subgroup), member_of(subgroup), member_of(subgroup)
    task = make_task(by=maker, title="Bardienst", subgroup=subgroup, assignee=one)

    change_task(task=task, by=maker, title="Bardienst zaterdag", assignee=two)

    assert Notice.objects.filter(member=two, kind="task.asked").exists()
    assert Task.objects.get().is_asked


def test_the_list_has_what_is_asked_mine_free_and_done(subgroup):
    me, maker = member_of(subgroup), member_of(subgroup)
    asked = make_task(by=maker, title="Gevraagd", subgroup=subgroup, assignee=me)
    mine = make_task(by=me, title="Van mij")
    free = make_task(by=maker, title="Vrij", subgroup=subgroup)
    done = make_task(by=me, title="Klaar")
    finish_task(task=done, by=me)
    make_task(by=maker, title="Van een ander")

    shown = task_list(me)

    assert (shown.asked, shown.mine, shown.free, shown.done) == ([asked], [mine], [free], [done])


def test_overdue_tasks_stand_on_the_group_page(subgroup, client):
    me = member_of(subgroup)
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        make_task(by=me, title="Vlag hijsen", subgroup=subgroup, due_at=timezone.now() + timedelta(hours=1))
    client.force_login(me)

    assert "Vlag hijsen" in client.get(f"/groups/{subgroup.slug}/threads/").content.decode()


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_tasks(client, subgroup, amount, django_assert_max_num_queries):
    me, maker = member_of(subgroup), member_of(subgroup)
    for number in range(amount):
        make_task(by=maker, title=f"Gevraagd {number}", subgroup=subgroup, assignee=me)
        make_task(by=me, title=f"Mijn {number}", due_at=in_an_hour())
        make_task(by=maker, title=f"Vrij {number}", subgroup=subgroup)
    client.force_login(me)

    with django_assert_max_num_queries(30):
        client.get("/tasks/")
    with django_assert_max_num_queries(28):
        client.get(f"/groups/{subgroup.slug}/tasks/")


def test_a_wrong_form_keeps_what_was_typed(client, subgroup):
    me = member_of(subgroup)
    client.force_login(me)

    answer = client.post("/tasks/new/", {"title": "Bar", "repeat": "weekly"})

    assert answer.status_code == 422
    assert 'value="Bar"' in answer.content.decode()
