"""How long polls take for 51,200 electors, beside bare inserts in the same run. Not a test: it prints figures.

    python -m tests.load.polls.measure [ELECTORS]

Uses a scratch database of its own: COMMUNITY_DATABASE_URL must name one whose name ends in `_load`, or be SQLite
(a file in a temporary folder is made).
"""

import os
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

CLIENTS = 8
VOTES_PER_CLIENT = 250


def prepare() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="polls-load-"))
    url = os.environ.setdefault("COMMUNITY_DATABASE_URL", f"sqlite:///{folder / 'load.sqlite3'}")
    if not url.startswith("sqlite") and not url.endswith("_load"):
        sys.exit("COMMUNITY_DATABASE_URL must name a scratch database that ends in _load.")
    os.environ["COMMUNITY_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
    return folder


def timed(label: str, act, limit: float | None = None):
    start = time.perf_counter()
    outcome = act()
    took = time.perf_counter() - start
    verdict = "" if limit is None else f"   (limit {limit:g} s: {'ok' if took <= limit else 'TOO SLOW'})"
    print(f"{label:<58} {took:8.2f} s{verdict}")
    return outcome


def members(number: int):
    from django.utils import timezone

    from groups.people.models import Enrolment, Member, MembershipKind

    kind = MembershipKind.objects.create(name="Lid")
    rows = [Member(first_name=f"Lid {n}", email=f"lid{n}@load.example") for n in range(number)]
    made = Member.objects.bulk_create(rows, batch_size=2000)
    start = timezone.localdate() - timedelta(days=365)
    Enrolment.objects.bulk_create([Enrolment(member=m, kind=kind, starts_on=start) for m in made], batch_size=2000)
    return made


def new_poll(secrecy: str = "open", shown: str = "after_close"):
    from django.utils import timezone

    from polls.models import Kind
    from polls.rules import Rules
    from polls.services import create_poll

    closes = timezone.now() + timedelta(days=3)
    options = ["Camping", "Boerderij", "Boot"]
    rules = Rules(shown=shown)
    return create_poll(
        by=None, kind=Kind.GAUGE, question="Waar?", options=options, rules=rules, closes_at=closes, secrecy=secrecy
    )


def fill(poll) -> None:
    """Votes of everybody, written at once: what is measured is the count."""
    from django.db import connection

    from polls.models import Elector
    from polls.services.sealing import sealed_answer

    keys = Elector.objects.filter(poll=poll).values_list("pk", flat=True)
    column = "sealed" if poll.is_secret else "answer"
    answers = (str(place % 3 + 1) for place in range(len(keys)))
    rows = [(sealed_answer(poll, key, a) if poll.is_secret else a, key) for key, a in zip(keys, answers, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE polls_elector SET voted = TRUE, {column} = %s WHERE id = %s", rows)


def vote_under_load(poll, voters) -> list[float]:
    """Eight clients vote as fast as they can; the time of each vote in seconds."""
    from django.db import connections
    from django.utils.datastructures import MultiValueDict

    from polls.services import cast_vote

    times: list[float] = []

    def client(mine):
        for member in mine:
            start = time.perf_counter()
            cast_vote(poll=poll, by=member, posted=MultiValueDict({"choice": ["2"]}))
            times.append(time.perf_counter() - start)
        connections.close_all()

    _all_at_once(client, voters)
    return times


def bare_inserts() -> list[float]:
    """The same clients insert one bare row per transaction: what this database can do at most."""
    from django.db import connection, connections, transaction

    times: list[float] = []
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_vote (poll integer, member integer, answer varchar(20))")

    def client(numbers):
        for number in numbers:
            start = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO bare_vote VALUES (1, %s, '2')", [number])
            times.append(time.perf_counter() - start)
        connections.close_all()

    _all_at_once(client, range(CLIENTS * VOTES_PER_CLIENT))
    return times


def _all_at_once(client, work) -> None:
    shares = [work[at : at + VOTES_PER_CLIENT] for at in range(0, CLIENTS * VOTES_PER_CLIENT, VOTES_PER_CLIENT)]
    threads = [threading.Thread(target=client, args=[share]) for share in shares]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    _all_at_once.took = time.perf_counter() - start


def report(label: str, times: list[float]) -> None:
    times.sort()
    p50, p99 = (1000 * times[int(len(times) * share)] for share in (0.5, 0.99))
    print(f"{label:<40} {len(times) / _all_at_once.took:7.0f}/s   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 51_200
    prepare()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from polls.models import Elector
    from polls.services import close_poll, count_running, open_poll

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {number:,} electors, {os.cpu_count()} cores")
    people = timed("(making the members)", lambda: members(number))
    poll = timed("open a poll", lambda: open_poll(poll=new_poll(shown="live"), by=None), limit=30)
    report("vote, 8 clients", vote_under_load(poll, people))
    report("bare insert, 8 clients", bare_inserts())
    timed("(filling in the other votes)", lambda: fill(poll))
    timed("running count", lambda: count_running(poll.pk), limit=1)
    timed("close and count", lambda: close_poll(poll=poll, by=None), limit=1)
    secret = timed("open a secret poll", lambda: open_poll(poll=new_poll("secret"), by=None), limit=30)
    timed("(sealing all votes)", lambda: fill(secret))
    timed("open all envelopes and count", lambda: close_poll(poll=secret, by=None), limit=10)
    print(f"{Elector.objects.count():,} electors in the database")


if __name__ == "__main__":
    main()
