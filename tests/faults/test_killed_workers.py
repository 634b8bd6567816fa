"""Workers killed with -9 at random points while thousands of reminders are due: nobody is mailed twice, nobody is lost.

The real processes of production on PostgreSQL and Redis. COMMUNITY_FAULT_REMINDERS sets how many (10000 for the full
run); the tally is printed.
"""

import collections
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from tests.e2e.house import ROOT
from tests.fakes import FakeSmtp

POSTGRES = os.environ.get("COMMUNITY_TEST_POSTGRES_URL")
REDIS = os.environ.get("COMMUNITY_TEST_REDIS_URL")
AMOUNT = int(os.environ.get("COMMUNITY_FAULT_REMINDERS", "600"))
pytestmark = pytest.mark.skipif(not (POSTGRES and REDIS), reason="needs PostgreSQL and Redis (.ci/run gives them)")

PREPARE = f"""
from datetime import timedelta
from django.utils import timezone
from groups.people.models import Member
from groups.todos.models import Task, TaskReminder
now = timezone.now()
people = [Member(email=f"lid{{n}}@club.example", first_name=f"Lid{{n}}", password="!") for n in range({AMOUNT})]
people = Member.objects.bulk_create(people, 500)
tasks = [Task(title="Bardienst", made_by=p, assignee=p, accepted_at=now, due_at=now) for p in people]
tasks = Task.objects.bulk_create(tasks, 500)
TaskReminder.objects.bulk_create([TaskReminder(task=t, member_id=t.assignee_id, at=now) for t in tasks], 500)
"""
# The time in which a dead worker's rows come back is ten minutes; here it has passed for whatever nobody holds.
TIME_PASSES = "UPDATE notifications_delivery SET claimed_at = claimed_at - interval '11 minutes' WHERE state = 'taken'"
COUNTS = "SELECT state, count(*) FROM notifications_delivery GROUP BY state"


class Workers:
    """Two worker processes and a clock, each started again after it was killed."""

    def __init__(self, environment, folder):
        self.environment, self.log = environment, (folder / "log").open("ab")
        self.commands = {
            "worker 1": ["-m", "celery", "-A", "community", "worker", "-c", "2", "-n", "one@%h", "--loglevel", "ERROR"],
            "worker 2": ["-m", "celery", "-A", "community", "worker", "-c", "2", "-n", "two@%h", "--loglevel", "ERROR"],
            "clock": ["-m", "celery", "-A", "community", "beat", "--loglevel", "ERROR", "-s", str(folder / "beat")],
        }
        self.running = {}
        self.killed = collections.Counter()

    def start(self):
        for name, command in self.commands.items():
            if name not in self.running:
                self.running[name] = subprocess.Popen(
                    [sys.executable, *command],
                    cwd=ROOT,
                    env=self.environment,
                    stdout=self.log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def kill(self, name):
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.killed[name] += 1

    def stop(self):
        for name in list(self.running):
            self.kill(name)


@pytest.fixture
def database():
    name = f"paraplu_faults_{os.getpid()}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_nobody_is_mailed_twice_and_nobody_is_lost(database, tmp_path):
    dice = random.Random(7)
    with FakeSmtp() as smtp:
        environment = os.environ | {
            "COMMUNITY_DATA_DIR": str(tmp_path),
            "COMMUNITY_DATABASE_URL": database,
            "COMMUNITY_REDIS_URL": REDIS,
            "COMMUNITY_SECRET_KEY": secrets.token_urlsafe(60),
            "COMMUNITY_MAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
            "COMMUNITY_QUIET_FROM": "00:00",
            "COMMUNITY_QUIET_UNTIL": "00:00",
        }
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        for command in (["migrate", "-v0"], ["shell", "-v0", "-c", PREPARE]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        workers = Workers(environment, tmp_path)
        with psycopg.connect(database, autocommit=True) as watch:
            try:
                states = run_until_empty(workers, watch, smtp, dice)
            finally:
                workers.stop()
        given = collections.Counter(re.findall(r"^To: (.*?)\r?$", "\n".join(smtp.received), re.MULTILINE))

    doubles = [address for address, number in given.items() if number > 1]
    tally = {"due": AMOUNT, "mailed": len(given), "doubles": len(doubles), "kills": dict(workers.killed), **states}
    print("\n", tally)  # noqa: T201 — the tally is what this run is for
    unknown = states.get("sending", 0)
    assert not doubles, tally
    assert states.get("sent", 0) + unknown == AMOUNT, tally
    assert AMOUNT - unknown <= len(given) <= AMOUNT, tally
    assert workers.killed, tally


def run_until_empty(workers, watch, smtp, dice):
    until, next_kill, seen = time.monotonic() + 900, 0.0, 0
    while time.monotonic() < until:
        workers.start()
        time.sleep(0.2)
        if len(smtp.received) > seen and time.monotonic() > next_kill and len(smtp.received) < AMOUNT * 0.95:
            time.sleep(dice.random() * 0.4)
            workers.kill(dice.choice(list(workers.running)))
            seen, next_kill = len(smtp.received), time.monotonic() + 2 + dice.random() * 4
        states = dict(watch.execute(COUNTS).fetchall())
        reminders = watch.execute("SELECT count(*) FROM notifications_reminder").fetchone()[0]
        if reminders == AMOUNT and not states.get("queued") and not states.get("taken"):
            return states
        if reminders == AMOUNT and not states.get("queued"):
            time.sleep(3)
            watch.execute(TIME_PASSES)
    raise AssertionError(f"not empty in time: {states}")
