"""PostgreSQL is killed and started again while people post and pay: nothing lost or doubled, and no hand is needed.

A PostgreSQL and a Redis of its own, and the real processes of production: pages, sockets, worker and clock. Who posts
or pays sends again until it was taken, as a person does. COMMUNITY_FAULT_DATABASE_AWAY says for how many seconds it is
gone, and lets it run at all, for it takes minutes; COMMUNITY_FAULT_POSTS how many messages there are (2000 for the full
run). The tally is printed.
"""

import base64
import collections
import contextlib
import http.client
import json
import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.e2e.house import ROOT, free_port
from tests.fakes import FakeSmtp

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
POSTS = int(os.environ.get("COMMUNITY_FAULT_POSTS", "120"))
AWAY = float(os.environ.get("COMMUNITY_FAULT_DATABASE_AWAY", "4"))
EACH = 8  # messages of one member; the limit against flooding stays as it is
MEMBERS = max(POSTS // EACH, 10)
PATIENCE = 150
pytestmark = pytest.mark.skipif(
    not (PROGRAMS and shutil.which("redis-server") and "COMMUNITY_FAULT_DATABASE_AWAY" in os.environ),
    reason="needs COMMUNITY_FAULT_DATABASE_AWAY, the programs of PostgreSQL and redis-server",
)

PREPARE = """
import json
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from groups.conversations.services import chat_of
from groups.todos.models import Task, TaskReminder
from tests.factories_finance import asked_pot

def session_of(member):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(member.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key

pot, chef, requests = asked_pot(members={members}, goal_cents=100_000_00)
group, now = pot.subgroup, timezone.now()
members = [place.member for place in group.memberships.select_related("member").order_by("pk") if place.member != chef]
tasks = Task.objects.bulk_create(
    [Task(title="Bardienst", made_by=m, assignee=m, accepted_at=now, due_at=now + timedelta(days=1)) for m in members]
)
moments = [now, now + timedelta(hours=3)]  # half of them when the database has been away
TaskReminder.objects.bulk_create(
    [TaskReminder(task=t, member_id=t.assignee_id, at=moments[n % 2]) for n, t in enumerate(tasks)]
)
print(json.dumps({{
    "chat": chat_of(group).get_absolute_url(), "chef": session_of(chef),
    "members": [session_of(m) for m in members], "payments": [r.reference for r in requests],
}}))
"""
WORDS = "SELECT text, count(*) FROM conversations_message WHERE text LIKE 'Bericht nummer%' GROUP BY text"
STATES = "SELECT state, count(*) FROM notifications_delivery GROUP BY state"
TIME_PASSES = (
    "UPDATE notifications_delivery SET claimed_at = claimed_at - interval '11 minutes'"
    " WHERE state = 'taken' AND claimed_at < now() - interval '5 seconds'"
)
PAID = "SELECT count(*), count(DISTINCT key) FROM ledger_entry WHERE kind = 'cash'"


class Postgres:
    """A server of our own that can be killed as by the kernel, and comes back after a while."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.as_root = os.geteuid() == 0
        folder.mkdir()
        if self.as_root:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        self._run("initdb", "-D", f"{folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()
        self.url = f"postgres://postgres@127.0.0.1:{self.port}"

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def kill(self):
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")

    def _run(self, program, *arguments):
        command = [str(PROGRAMS / program), *arguments]
        command = ["runuser", "-u", "postgres", "--", *command] if self.as_root else command
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Person:
    """Somebody who sends a form until it was taken, and counts what they were told meanwhile."""

    def __init__(self, port: int, session: str, tally: collections.Counter):
        self.port, self.tally, self.token = port, tally, secrets.token_hex(16)
        self.cookies = f"sessionid={session}; csrftoken={self.token}; django_language=nl"

    def send(self, path: str, fields: dict) -> None:
        for _attempt in range(600):
            status, page = self._post(path, fields)
            if status in (302, 422):  # taken, or it had been taken by the time before
                self.tally["taken"] += 1
                return
            self.tally[f"answer {status}"] += 1
            self.tally["told what to do"] += "We zijn er zo weer" in page
            self.tally["words refused"] += "text" in fields
            self.tally["words given back"] += fields.get("text", "-") in page
            time.sleep(0.2)
        raise AssertionError(f"not taken: {path} {fields}")

    def _post(self, path, fields):
        headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded", "Accept-Language": "nl"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(line):
            line.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": self.token}), headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode()


def test_nothing_is_lost_or_doubled_and_everything_goes_on_by_itself(tmp_path):
    postgres, redis_port, pages, sockets = Postgres(Path("/tmp") / f"paraplu-{uuid.uuid4().hex[:8]}"), *ports(3)
    try:
        with FakeSmtp() as smtp:
            environment = surroundings(f"{postgres.url}/postgres", tmp_path, redis_port, smtp.port)
            with running(environment, tmp_path, redis_port, pages, sockets) as house:
                tally = collections.Counter()
                with ThreadPoolExecutor(6) as crowd:
                    sent = [crowd.submit(act) for act in acts(house, pages, tally)]
                    wait_for(lambda: tally["taken"] > len(sent) / 3)
                    postgres.kill()
                    gone = time.monotonic()
                    time.sleep(AWAY)
                    postgres.start()
                    [each.result() for each in sent]
                healed = time.monotonic() - gone - AWAY
                with psycopg.connect(f"{postgres.url}/postgres", autocommit=True) as hours_later:
                    hours_later.execute("UPDATE todos_taskreminder SET at = now() WHERE at > now()")
                judge(postgres, smtp)
                assert greeted(sockets, house["chef"])
    finally:
        postgres.kill()
        shutil.rmtree(postgres.folder)
    print("\n", dict(tally), f"all done {healed:.1f} s after it was back")  # noqa: T201 — what this run is for
    assert tally["told what to do"] > 0, tally


def judge(postgres, smtp) -> None:
    """Every message once, every payment once; every reminder is made, and no mail came twice."""
    with psycopg.connect(f"{postgres.url}/postgres", autocommit=True) as watch:
        wait_for(lambda: all_is_sent(watch))
        words = dict(watch.execute(WORDS).fetchall())
        paid = watch.execute(PAID).fetchone()
        states = dict(watch.execute(STATES).fetchall())
    mails = collections.Counter((to_of(mail), subject_of(mail)) for mail in smtp.received)
    assert words == {words_of(number): 1 for number in range(POSTS)}
    assert paid == (MEMBERS, MEMBERS)
    assert set(mails.values()) == {1}, mails
    assert states["sent"] <= len(mails) <= states["sent"] + states.get("sending", 0), states


def all_is_sent(watch) -> bool:
    """What the worker had taken when the database went comes back after ten minutes; here they have passed."""
    watch.execute(TIME_PASSES)
    reminders = watch.execute("SELECT count(*) FROM notifications_reminder").fetchone()[0]
    states = dict(watch.execute(STATES).fetchall())
    return reminders == MEMBERS and not states.get("queued") and not states.get("taken")


def to_of(mail: str) -> str:
    return re.search(r"^To: (.*?)\r?$", mail, re.MULTILINE)[1]


def subject_of(mail: str) -> str:
    return re.search(r"^Subject: (.*?)\r?$", mail, re.MULTILINE)[1]


def acts(house, port, tally):
    """Posting and paying, mixed."""
    people = [Person(port, session, tally) for session in house["members"]]
    chef = Person(port, house["chef"], tally)
    for number in range(POSTS):
        form = {"text": words_of(number), "key": str(uuid.uuid4())}
        yield lambda who=people[number % MEMBERS], form=form: who.send(house["chat"], form)
        if number < MEMBERS:
            path = f"/payments/{house['payments'][number]}/cash/"
            yield lambda path=path: chef.send(path, {"cents": "42,50", "note": "contant"})


def words_of(number: int) -> str:
    return f"Bericht nummer {number} van velen."


def ports(number: int) -> list[int]:
    return [free_port() for _ in range(number)]


@contextlib.contextmanager
def running(environment, folder, redis_port, pages, sockets):
    """The processes of production; none may stop by itself or be started again."""
    manage(environment, "migrate", "-v0")
    house = json.loads(manage(environment, "shell", "-v0", "-c", PREPARE.format(members=MEMBERS)).splitlines()[-1])
    python = [sys.executable, "-m"]
    commands = [
        ["redis-server", "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        [*python, "gunicorn", "community.wsgi", "-b", f"127.0.0.1:{pages}", "--workers", "2", "--threads", "4"],
        [*python, "daphne", "-b", "127.0.0.1", "-p", str(sockets), "community.asgi:application"],
        [*python, "celery", "-A", "community", "worker", "-c", "2", "--loglevel", "ERROR"],
        [*python, "celery", "-A", "community", "beat", "--loglevel", "ERROR", "-s", str(folder / "beat")],
    ]
    with (folder / "log").open("ab") as log:
        started = [subprocess.Popen(line, cwd=ROOT, env=environment, stdout=log, stderr=log) for line in commands]
        try:
            for port in (pages, sockets):
                wait_for(lambda port=port: is_open(port))
            yield house
            assert [process.poll() for process in started] == [None] * len(started)
        finally:
            for process in started:
                process.kill()
                process.wait()


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


def manage(environment, *arguments) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def wait_for(holds) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def greeted(port: int, session: str) -> bool:
    """Whether an open page gets its socket."""
    key = base64.b64encode(os.urandom(16)).decode()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(
            f"GET /live/ HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://localhost:{port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Cookie: sessionid={session}\r\n\r\n".encode()
        )
        return b" 101 " in line.recv(200)
