"""Workers killed with -9 while an announcement goes out to many: one mail each, counted by the mail server itself.

The real processes of production on PostgreSQL and Redis. COMMUNITY_FAULT_BROADCAST sets how many members there are
and has to be set (1200 for the full run). The first kills fall while the broadcast walks along its audience, the others
while mails are being sent. What was in the hands of a worker at the moment it died waits for a person, who looks in
the mail server's log: here too.
"""

import collections
import os
import random
import re
import shutil
import subprocess
import sys
import time

import psycopg
import pytest

from tests.e2e.house import ROOT, free_port
from tests.fakes import FakeSmtp
from tests.faults.test_killed_workers import COUNTS, POSTGRES, TIME_PASSES, Processes, database, surroundings

AMOUNT = int(os.environ.get("COMMUNITY_FAULT_BROADCAST", "0"))
KILLS = 10
pytestmark = pytest.mark.skipif(
    not (AMOUNT and POSTGRES and shutil.which("redis-server")),
    reason="a long run: set COMMUNITY_FAULT_BROADCAST to a number of members; needs PostgreSQL and redis-server",
)
__all__ = ["database"]

PREPARE = """
from community.pages.services import write_announcement
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind
from groups.people.services import grant_role
people = [Member(email=f"lid{{n}}@club.example", first_name=f"Lid{{n}}", password="!") for n in range({amount})]
people = Member.objects.bulk_create(people, 500)
kind = MembershipKind.objects.get_or_create(name="Lid")[0]
Enrolment.objects.bulk_create([Enrolment(member=person, kind=kind) for person in people], 500)
grant_role(member=people[0], role=AssociationRole.COMMUNITY_MANAGER, by=None)
page = write_announcement(by=people[0], title="Botenhuis dicht", text="De vloer.", scope="everyone")
page.get_latest_revision().publish(skip_permission_checks=True)
"""
JUDGE = """
from groups.people.models import Member
from notifications.models import Delivery
from notifications.services import set_aside, send_again
arrived = set({arrived!r})
for delivery in Delivery.objects.filter(state="sending").select_related("member"):
    judge = set_aside if delivery.member.email in arrived else send_again
    judge(delivery=delivery, by=delivery.member)
"""
TOLD = "SELECT told, finished_at FROM pages_broadcast"


def test_everybody_gets_one_mail_though_workers_die_ten_times(database, tmp_path):
    redis_port = free_port()
    with FakeSmtp() as smtp:
        environment = surroundings(database, tmp_path, redis_port, smtp.port)
        run(environment, "migrate", "-v0")
        run(environment, "shell", "-v0", "-c", PREPARE.format(amount=AMOUNT))
        processes = Processes(environment, tmp_path, redis_port)
        with psycopg.connect(database, autocommit=True) as watch:
            try:
                run_until_empty(processes, watch, smtp, kills=KILLS)
                unsure = dict(watch.execute(COUNTS).fetchall()).get("sending", 0)
                run(environment, "shell", "-v0", "-c", JUDGE.format(arrived=sorted(mailed(smtp))))
                run_until_empty(processes, watch, smtp, kills=0)
                told, finished = watch.execute(TOLD).fetchone()
            finally:
                processes.stop()
    mails = mailed(smtp)
    tally = {"members": AMOUNT, "mails": sum(mails.values()), "killed": dict(processes.killed), "judged": unsure}

    print("\n", tally)  # noqa: T201 — the tally is what this run is for
    assert sum(processes.killed.values()) == KILLS, tally
    assert finished
    assert told == AMOUNT, tally
    assert set(mails.values()) == {1}, tally
    assert len(mails) == AMOUNT, tally


def run(environment, *command):
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)


def mailed(smtp) -> collections.Counter:
    return collections.Counter(re.findall(r"^To: (.*?)\r?$", "\n".join(smtp.received), re.MULTILINE))


def run_until_empty(processes, watch, smtp, kills):
    """Let it run, killing a worker or the clock at random moments, until everybody was told and nothing waits."""
    dice, until, next_kill = random.Random(11), time.monotonic() + 300 + AMOUNT, 0
    while time.monotonic() < until:
        processes.start()
        time.sleep(0.2)
        told, finished = watch.execute(TOLD).fetchone()
        progress = (told + len(smtp.received)) / (2 * AMOUNT)
        if kills and progress >= next_kill:
            time.sleep(dice.random() * 0.5)
            processes.kill(dice.choice([name for name in processes.running if name != "redis"]))
            # Spread over what is left: a portion of the broadcast takes a leap, after which ten equal steps do not fit.
            kills, next_kill = kills - 1, progress + (1 - progress) / kills
        states = dict(watch.execute(COUNTS).fetchall())
        if finished and not states.get("queued"):
            if not states.get("taken"):
                return
            time.sleep(3)
            watch.execute(TIME_PASSES)
    raise AssertionError(f"not empty in time: {states}")
