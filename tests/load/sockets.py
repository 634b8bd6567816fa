"""1,024 pages in one subgroup, ten messages a second for a minute, over real websockets to a Daphne process.

    COMMUNITY_DATABASE_URL=… COMMUNITY_REDIS_URL=… python -m tests.load.sockets

on an empty database of its own. Prints what every page heard, and beside it a bare Channels consumer with frames of the
same size in the same run. LOAD_MEMBERS, LOAD_SECONDS and LOAD_BARE_SECONDS make it smaller. More members than one
subgroup holds come in several subgroups and are served by several Daphne processes, 2,000 pages to each:

    LOAD_MEMBERS=10000 LOAD_PER_SECOND=2 … python -m tests.load.sockets
"""

import asyncio
import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
os.environ.setdefault("COMMUNITY_POSTS_PER_MINUTE", "1000000")
os.environ.setdefault("COMMUNITY_POSTS_PER_DAY", "1000000")
os.environ.setdefault("COMMUNITY_POSTS_PER_DAY_NEW", "1000000")
django.setup()

from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import get_channel_layer
from django.core.management import call_command

from groups.conversations.models import Conversation
from groups.conversations.services import chat_of, post_message
from groups.people.models import Member
from tests.e2e.house import ROOT, free_port
from tests.load.bare import GROUP
from tests.load.lines import Line, session_of, wait_until_open
from tests.load.people import crowd

MEMBERS = int(os.environ.get("LOAD_MEMBERS", "1024"))
SECONDS = int(os.environ.get("LOAD_SECONDS", "60"))
BARE_SECONDS = int(os.environ.get("LOAD_BARE_SECONDS", "20"))
PER_SECOND = int(os.environ.get("LOAD_PER_SECOND", "10"))
MOST_IN_GROUP, MOST_ON_DAPHNE = 1024, 2000
PATIENCE = 30  # seconds after the last message


def main() -> None:
    call_command("migrate", verbosity=0)
    if Member.objects.exists():
        sys.exit("Give me an empty database: COMMUNITY_DATABASE_URL.")
    if not os.environ.get("COMMUNITY_REDIS_URL"):
        sys.exit("Give me a Redis: COMMUNITY_REDIS_URL. Without it two processes cannot hear each other.")
    groups = math.ceil(MEMBERS / MOST_IN_GROUP)
    rooms = []
    for place in range(groups):
        subgroup, members = crowd(MEMBERS // groups, f"Groot{place}")
        rooms.append((chat_of(subgroup), members))
    cookies = [session_of(member) for _chat, members in rooms for member in members]
    total = SECONDS * PER_SECOND // groups * groups
    with daphnes("community.asgi:application", math.ceil(MEMBERS / MOST_ON_DAPHNE)) as ports:
        expected = total // groups  # each page hears its own subgroup
        size = asyncio.run(measure("Paraplu", ports, cookies, total, expected, lambda sent: _posting(rooms, sent)))
    if BARE_SECONDS and groups == 1:
        total = BARE_SECONDS * PER_SECOND
        with daphnes("tests.load.bare:application", 1) as ports:
            asyncio.run(measure("bare consumer", ports, cookies, total, total, lambda sent: _sending(sent, size)))


@contextlib.contextmanager
def daphnes(application: str, number: int):
    """The ports of several Daphne processes; at the end it tells how much memory they came to."""
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(daphne(application)) for _ in range(number)]
        yield [port for port, _process in opened]
        memory = [int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) for _port, process in opened]
        print(f"  {number} Daphne with {sum(memory) * os.sysconf('SC_PAGE_SIZE') / 1e6:.0f} MB")


@contextlib.contextmanager
def daphne(application: str):
    """A Daphne process of its own, as in production."""
    port = free_port()
    options = ["-b", "127.0.0.1", "-p", str(port), "--websocket_connect_timeout", "30"]
    command = [sys.executable, "-m", "daphne", *options, application]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said) as process:
        try:
            wait_until_open(port)
            yield port, process
        finally:
            if process.poll() is not None:
                said.seek(0)
                print(f"Daphne stopped by itself ({process.poll()}):", said.read().decode(errors="replace")[-2000:])
            process.terminate()


async def measure(name: str, ports: list[int], cookies: list[str], total: int, expected: int, speaker) -> int:
    """Open all lines, let `speaker` say `total` messages, print what was heard of the `expected` on each page.

    Returns the size of one frame in bytes.
    """
    begun = time.perf_counter()
    pages = await _opened(ports, cookies, expected)
    opened = time.perf_counter() - begun
    sent: dict[tuple[str, int], float] = {}  # kind and number of a message, and when it was said
    threading.Thread(target=_at_pace, args=(await sync_to_async(speaker)(sent), total), daemon=True).start()
    await asyncio.wait([page.listening for page in pages], timeout=total / PER_SECOND + PATIENCE)
    heard = [page.heard for page in pages]
    delays = sorted(at - sent[number] for numbers in heard for number, at, _ in numbers)
    unordered = sum(1 for numbers in heard if [n for n, _, _ in numbers] != sorted({n for n, _, _ in numbers}))
    last = dict.fromkeys(sent, 0.0)
    for numbers in heard:
        for number, at, _ in numbers:
            last[number] = max(last[number], at - sent[number])
    slowest = sorted(last.values())
    print(
        f"{name}: {len(pages)} sockets opened in {opened:.1f} s; {PER_SECOND}/s, {len(sent)} of {total} said; "
        f"heard {len(delays):,} of {expected * len(pages):,}; out of order or double on {unordered} pages; "
        f"post to page p50 {_at(delays, 0.5):.0f} ms, p95 {_at(delays, 0.95):.0f} ms; "
        f"post to last page p50 {_at(slowest, 0.5):.0f} ms, p95 {_at(slowest, 0.95):.0f} ms, "
        f"max {_at(slowest, 1):.0f} ms"
    )
    for end, count in Counter(page.end() for page in pages if len(page.heard) < expected).items():
        print(f"  {count} pages missed something: {end}")
    for page in pages:
        page.line.close()
    return max((size for numbers in heard for _, _, size in numbers), default=0)


class Page:
    """A line that listens from the moment it is open, as a browser does: it answers pings meanwhile."""

    def __init__(self, line: Line, expected: int):
        self.line, self.expected = line, expected
        self.heard: list[tuple[tuple[str, int], float, int]] = []  # kind and number, when, bytes of each message
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while len(self.heard) < self.expected:
            frame = await self.line.read()
            at, fact = time.perf_counter(), json.loads(frame)
            if fact.get("kind", "").startswith("message."):
                self.heard.append(((fact["kind"], fact["fact"]["number"]), at, len(frame)))

    def end(self) -> str:
        return repr(self.listening.exception()) if self.listening.done() else "the line was open and silent"


async def _opened(ports: list[int], cookies: list[str], expected: int) -> list[Page]:
    """All pages, at most fifty being opened at a time, each having had its first frame."""
    gate = asyncio.Semaphore(50)

    async def one(place, cookie):
        async with gate:
            line = Line(ports[place % len(ports)], cookie)
            await line.open()
            await line.read()
            return Page(line, expected)

    return await asyncio.gather(*(one(place, cookie) for place, cookie in enumerate(cookies)))


def _at_pace(say, total: int) -> None:
    begun = time.perf_counter()
    for place in range(total):
        time.sleep(max(0, begun + place / PER_SECOND - time.perf_counter()))
        say(place)


def _posting(rooms: list[tuple[Conversation, list[Member]]], sent: dict):
    """Posting as the page does it, in one subgroup after the other; the clock starts before the transaction."""
    first = [Conversation.objects.get(pk=chat.pk).last_number + 1 for chat, _members in rooms]

    def say(place: int) -> None:
        room = place % len(rooms)
        chat, members = rooms[room]
        sent[f"message.{chat.pk}", first[room] + place // len(rooms)] = time.perf_counter()
        post_message(conversation=chat, by=members[place % len(members)], text=f"Wie neemt de lampen mee? {place}")

    return say


def _sending(sent: dict, size: int):
    layer = get_channel_layer()

    def say(place: int) -> None:
        sent["message.1", place] = time.perf_counter()
        text = json.dumps({"kind": "message.1", "fact": {"number": place, "html": "x" * max(0, size - 60)}})
        async_to_sync(layer.group_send)(GROUP, {"type": "pass_on", "text": text})

    return say


def _at(values: list[float], share: float) -> float:
    return 1000 * values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


if __name__ == "__main__":
    main()
