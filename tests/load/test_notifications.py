"""How fast the clock's round is with a million rows, and how many summaries go out; figures are printed.

Run on PostgreSQL: COMMUNITY_DATABASE_URL=… python -m pytest tests/load/test_notifications.py -s
COMMUNITY_LOAD_DIGESTS (51200 for the full run) says how many members have a summary due.
"""

import os
import resource
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from groups.people.models import Member
from groups.todos.models import Task, TaskReminder
from groups.todos.notices import task_reminders
from notifications.digests import queue_digests
from notifications.kinds import NoticeKind, Words, register_kind
from notifications.models import Delivery, Notice, NoticeSettings
from notifications.services import claim_due
from tests.e2e.house import ROOT
from tests.factories import MemberFactory

DIGESTS = int(os.environ.get("COMMUNITY_LOAD_DIGESTS", "4000"))
MILLION, BATCH = 1_000_000, 10_000


def report(line):
    print(f"\n{line}")


def fastest(act, times=5):
    best = 1e9
    for _ in range(times):
        started = time.perf_counter()
        act()
        best = min(best, time.perf_counter() - started)
    return best * 1000


def fill(model, rows):
    for start in range(0, MILLION, BATCH):
        model.objects.bulk_create([rows(number) for number in range(start, start + BATCH)], BATCH)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.django_db
def test_a_round_over_a_million_reminders_of_which_a_hundred_are_due_takes_less_than_100_ms():
    member, now = MemberFactory(), timezone.now()
    task = Task.objects.create(title="Bardienst", assignee=member, made_by=member, due_at=now)

    def row(number):
        ahead = timedelta(seconds=-number - 1) if number < 100 else timedelta(days=1, seconds=number)
        return TaskReminder(task=task, member=member, at=now + ahead)

    fill(TaskReminder, row)

    found = task_reminders(now)
    spent = fastest(lambda: task_reminders(now))
    reference = fastest(lambda: TaskReminder.objects.get(pk=TaskReminder.objects.latest("pk").pk))
    report(f"round over {MILLION} reminders, 100 due: {spent:.1f} ms; two bare reads by key: {reference:.1f} ms")

    assert len(found) == 100
    assert spent < 100


@pytest.mark.django_db
def test_taking_what_is_due_from_a_million_deliveries_takes_less_than_100_ms():
    member, now = MemberFactory(), timezone.now()

    def row(number):
        ahead = timedelta(seconds=-1) if number < 100 else timedelta(days=1, seconds=number)
        return Delivery(
            member=member,
            channel="mail",
            kind="x",
            key="x",
            dedupe=str(number),
            not_before=now + ahead,
            rank=number % 3,
        )

    fill(Delivery, row)

    started = time.perf_counter()
    taken = claim_due(100)
    spent = (time.perf_counter() - started) * 1000
    report(f"taking 100 due of {MILLION} deliveries: {spent:.1f} ms")

    assert len(taken) == 100
    assert spent < 100


SEND = """
import django; django.setup()
from notifications.kinds import NoticeKind, Words, register_kind
register_kind(NoticeKind("load", "Load", "bell", lambda m, c, n: Words("Nieuw bericht", "Wie neemt de lampen", "/")))
from notifications.services import send_all_due
while send_all_due():
    pass
"""


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_summaries_leave_fast_enough_for_51200_in_ten_minutes():
    kind = NoticeKind("load", "Load", "bell", lambda m, c, n: Words("Nieuw bericht", "Wie neemt de lampen mee", "/"))
    register_kind(kind)
    now = timezone.now()
    people = [Member(email=f"l{n}@club.example", first_name=f"Lid{n}", password="!") for n in range(DIGESTS)]
    people = Member.objects.bulk_create(people, 1000)
    waiting = [Notice(member=p, kind="load", key=f"thread:{n}", in_digest=True) for p in people for n in range(3)]
    Notice.objects.bulk_create(waiting, 1000)
    NoticeSettings.objects.bulk_create([NoticeSettings(member=p, next_digest_at=now) for p in people], 1000)

    started = time.perf_counter()
    while queue_digests():
        pass
    queued = time.perf_counter() - started
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "community.settings",
        "COMMUNITY_DATABASE_URL": _address(),
        "COMMUNITY_MAIL_URL": "dummymail://",
    }
    workers = [subprocess.Popen([sys.executable, "-c", SEND], cwd=ROOT, env=environment) for _ in range(2)]
    try:
        assert [worker.wait(timeout=3600) for worker in workers] == [0, 0]
    finally:
        for worker in workers:
            worker.kill()
    spent = time.perf_counter() - started

    rate, used = DIGESTS / spent, resource.getrusage(resource.RUSAGE_CHILDREN)
    report(f"{DIGESTS} summaries by two workers in {spent:.0f} s (queued in {queued:.1f} s): {rate:.0f} a second,")
    report(f"so 51,200 in {51200 / rate / 60:.1f} minutes; the workers used {used.ru_utime + used.ru_stime:.0f} s of")
    report(f"processor time, {1000 * (used.ru_utime + used.ru_stime) / DIGESTS:.1f} ms a summary, without the database")
    assert Delivery.objects.filter(state="sent").count() == DIGESTS
    assert 51200 / rate < 600


def _address() -> str:
    row = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{row['NAME']}"
    return f"postgres://{row['USER']}:{row['PASSWORD']}@{row['HOST']}:{row['PORT']}/{row['NAME']}"
