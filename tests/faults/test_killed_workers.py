"""Workers, clock and Redis killed with -9 while thousands of reminders are due: nobody hears twice, nobody is lost.

The real processes of production on PostgreSQL, with a Redis of their own that goes away as well. Every member gets a
mail and a push. COMMUNITY_FAULT_REMINDERS sets how many are due (10000 for the full run) and
COMMUNITY_FAULT_REDIS_AWAY for how many seconds Redis is gone (60 for the full run); the tally is printed.
"""

import collections
import json
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time

import http_ece
import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import b64urlencode

from tests.e2e.house import ROOT, free_port
from tests.fakes import FakePushService, FakeSmtp

POSTGRES = os.environ.get("COMMUNITY_TEST_POSTGRES_URL")
AMOUNT = int(os.environ.get("COMMUNITY_FAULT_REMINDERS", "600"))
REDIS_AWAY = int(os.environ.get("COMMUNITY_FAULT_REDIS_AWAY", "5"))
KILLS = 30
pytestmark = pytest.mark.skipif(
    not (POSTGRES and shutil.which("redis-server")), reason="needs PostgreSQL and redis-server (.ci/run gives them)"
)

PREPARE = """
from datetime import timedelta
from django.utils import timezone
from groups.people.models import Member
from notifications.models import PushSubscription
from groups.todos.models import Task, TaskReminder
now = timezone.now()
people = [Member(email=f"lid{{n}}@club.example", first_name=f"Lid{{n}}", password="!") for n in range({amount})]
people = Member.objects.bulk_create(people, 500)
tasks = [Task(title="Bardienst", made_by=p, assignee=p, accepted_at=now, due_at=now) for p in people]
tasks = Task.objects.bulk_create(tasks, 500)
TaskReminder.objects.bulk_create([TaskReminder(task=t, member_id=t.assignee_id, at=now) for t in tasks], 500)
keys = {{"public_key": "{public_key}", "secret": "{secret}"}}
PushSubscription.objects.bulk_create(
    [PushSubscription(member=p, endpoint=f"{push}/{{p.email}}", **keys) for p in people], 500
)
"""
# The time in which a dead worker's rows come back is ten minutes; here it has passed for whatever nobody holds.
TIME_PASSES = "UPDATE notifications_delivery SET claimed_at = claimed_at - interval '11 minutes' WHERE state = 'taken'"
COUNTS = "SELECT state, count(*) FROM notifications_delivery GROUP BY state"
UNSURE = "SELECT channel, count(*) FROM notifications_delivery WHERE state = 'sending' GROUP BY channel"


class Processes:
    """Redis, two workers and a clock, each started again after it was killed; Redis only after a while."""

    def __init__(self, environment, folder, redis_port):
        self.environment, self.log = environment, (folder / "log").open("ab")
        python = [sys.executable, "-m", "celery", "-A", "community"]
        redis = ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        self.commands = {
            "redis": redis,
            "worker 1": [*python, "worker", "-c", "2", "-n", "one@%h", "--loglevel", "ERROR"],
            "worker 2": [*python, "worker", "-c", "2", "-n", "two@%h", "--loglevel", "ERROR"],
            "clock": [*python, "beat", "--loglevel", "ERROR", "-s", str(folder / "beat")],
        }
        self.running = {}
        self.back_at = dict.fromkeys(self.commands, 0.0)
        self.killed = collections.Counter()

    def start(self):
        for name, command in self.commands.items():
            if name not in self.running and time.monotonic() >= self.back_at[name]:
                self.running[name] = subprocess.Popen(
                    command,
                    cwd=ROOT,
                    env=self.environment,
                    stdout=self.log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )

    def kill(self, name, away=0):
        self._end(name)
        self.killed[name] += 1
        self.back_at[name] = time.monotonic() + away

    def _end(self, name):
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self):
        for name in list(self.running):
            self._end(name)


class Browsers:
    """The members' browsers, all with one key; what was pushed is opened with another implementation than ours."""

    def __init__(self):
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.public_key, self.secret = b64urlencode(point), b64urlencode(self.auth)

    def read(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))


@pytest.fixture
def database():
    name = f"paraplu_faults_{os.getpid()}"
    with psycopg.connect(f"{POSTGRES}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_nobody_hears_twice_and_nobody_is_lost(database, tmp_path):
    browsers, redis_port = Browsers(), free_port()
    with FakeSmtp() as smtp, FakePushService() as push:
        environment = surroundings(database, tmp_path, redis_port, smtp.port)
        values = {"public_key": browsers.public_key, "secret": browsers.secret, "push": push.address}
        prepare = PREPARE.format(amount=AMOUNT, **values)
        for command in (["migrate", "-v0"], ["shell", "-v0", "-c", prepare]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        processes = Processes(environment, tmp_path, redis_port)
        with psycopg.connect(database, autocommit=True) as watch:
            try:
                run_until_empty(processes, watch, smtp)
                states = dict(watch.execute(COUNTS).fetchall())
                unsure = dict(watch.execute(UNSURE).fetchall())
            finally:
                processes.stop()
    mails = collections.Counter(re.findall(r"^To: (.*?)\r?$", "\n".join(smtp.received), re.MULTILINE))
    pushes = collections.Counter(path for path, _headers, _body in push.received)

    doubles = [to for given in (mails, pushes) for to, number in given.items() if number > 1]
    tally = {
        "due": AMOUNT, "mailed": len(mails), "pushed": len(pushes), "doubles": len(doubles),
        "killed": dict(processes.killed), "redis away": REDIS_AWAY, **states,
    }  # fmt: skip
    print("\n", tally)  # noqa: T201 — the tally is what this run is for
    assert not doubles, tally
    assert states.get("sent", 0) + states.get("sending", 0) == 2 * AMOUNT, tally
    assert AMOUNT - unsure.get("mail", 0) <= len(mails) <= AMOUNT, tally
    assert AMOUNT - unsure.get("push", 0) <= len(pushes) <= AMOUNT, tally
    assert {"redis", "worker 1", "worker 2"} <= set(processes.killed), tally
    assert "Bardienst" not in json.dumps([browsers.read(body) for _path, _headers, body in push.received[:50]])


def surroundings(database, folder, redis_port, smtp_port):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNITY_", "DJANGO_"))}
    return kept | {
        "COMMUNITY_DATA_DIR": str(folder),
        "COMMUNITY_DATABASE_URL": database,
        "COMMUNITY_REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
        "COMMUNITY_SECRET_KEY": secrets.token_urlsafe(60),
        "COMMUNITY_MAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "COMMUNITY_QUIET_FROM": "00:00",
        "COMMUNITY_QUIET_UNTIL": "00:00",
    }


def run_until_empty(processes, watch, smtp):
    """Kill something some thirty times while the mails go out, Redis once at a third of the way, until none waits."""
    dice, until, next_kill = random.Random(7), time.monotonic() + 300 + AMOUNT, AMOUNT / KILLS
    while time.monotonic() < until:
        processes.start()
        time.sleep(0.2)
        sent = len(smtp.received)
        if sent > AMOUNT / 3 and not processes.killed["redis"]:
            processes.kill("redis", away=REDIS_AWAY)
        elif next_kill < sent < AMOUNT * 0.95:
            time.sleep(dice.random() * 0.4)
            processes.kill(dice.choice([name for name in processes.running if name != "redis"]))
            next_kill = sent + AMOUNT / KILLS * (0.5 + dice.random())
        states = dict(watch.execute(COUNTS).fetchall())
        reminders = watch.execute("SELECT count(*) FROM notifications_reminder").fetchone()[0]
        if reminders == AMOUNT and not states.get("queued"):
            if not states.get("taken"):
                return
            time.sleep(3)
            watch.execute(TIME_PASSES)
    raise AssertionError(f"not empty in time: {states}")
