"""1,024 pages in one subgroup, ten messages a second for a minute, over real websockets to a Daphne process.

    COMMUNITY_DATABASE_URL=… COMMUNITY_REDIS_URL=… python -m tests.load.sockets

on an empty database of its own. Prints what every page heard, and beside it a bare Channels consumer with frames of the
same size in the same run. LOAD_MEMBERS, LOAD_SECONDS and LOAD_BARE_SECONDS make it smaller.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter

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
PER_SECOND = 10
PATIENCE = 30  # seconds after the last message


def main() -> None:
    call_command("migrate", verbosity=0)
    if Member.objects.exists():
        sys.exit("Give me an empty database: COMMUNITY_DATABASE_URL.")
    if not os.environ.get("COMMUNITY_REDIS_URL"):
        sys.exit("Give me a Redis: COMMUNITY_REDIS_URL. Without it two processes cannot hear each other.")
    subgroup, members = crowd(MEMBERS)
    cookies = [session_of(member) for member in members]
    chat = chat_of(subgroup)
    with daphne("community.asgi:application") as port:
        size = asyncio.run(measure("Paraplu", port, cookies, SECONDS, lambda sent: _posting(chat, members, sent)))
    with daphne("tests.load.bare:application") as port:
        asyncio.run(measure("bare consumer", port, [""] * MEMBERS, BARE_SECONDS, lambda sent: _sending(sent, size)))


@contextlib.contextmanager
def daphne(application: str):
    """A Daphne process of its own, as in production."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "daphne",
        "-b",
        "127.0.0.1",
        "-p",
        str(port),
        "--websocket_connect_timeout",
        "30",
        application,
    ]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=said) as process:
        try:
            wait_until_open(port)
            yield port
        finally:
            if process.poll() is not None:
                said.seek(0)
                print(f"Daphne stopped by itself ({process.poll()}):", said.read().decode(errors="replace")[-2000:])
            process.terminate()


async def measure(name: str, port: int, cookies: list[str], seconds: int, speaker) -> int:
    """Open all lines, let `speaker` talk, print what was heard; returns the size of one frame in bytes."""
    begun = time.perf_counter()
    total = seconds * PER_SECOND
    pages = await _opened(port, cookies, total)
    opened = time.perf_counter() - begun
    sent: dict[int, float] = {}
    threading.Thread(target=_at_pace, args=(await sync_to_async(speaker)(sent), total), daemon=True).start()
    await asyncio.wait([page.listening for page in pages], timeout=seconds + PATIENCE)
    heard = [page.heard for page in pages]
    delays = sorted(at - sent[number] for numbers in heard for number, at, _ in numbers)
    unordered = sum(1 for numbers in heard if [n for n, _, _ in numbers] != sorted({n for n, _, _ in numbers}))
    last = dict.fromkeys(sent, 0.0)
    for numbers in heard:
        for number, at, _ in numbers:
            last[number] = max(last[number], at - sent[number])
    slowest = sorted(last.values())
    print(
        f"{name}: {len(pages)} sockets opened in {opened:.1f} s; {PER_SECOND}/s for {seconds} s, {len(sent)} said; "
        f"heard {len(delays):,} of {total * len(pages):,}; out of order or double on {unordered} pages; "
        f"post to page p50 {_at(delays, 0.5):.0f} ms, p95 {_at(delays, 0.95):.0f} ms; "
        f"post to last page p50 {_at(slowest, 0.5):.0f} ms, p95 {_at(slowest, 0.95):.0f} ms, "
        f"max {_at(slowest, 1):.0f} ms"
    )
    for end, count in Counter(page.end() for page in pages if len(page.heard) < total).items():
        print(f"  {count} pages missed something: {end}")
    for page in pages:
        page.line.close()
    return max((size for numbers in heard for _, _, size in numbers), default=0)


class Page:
    """A line that listens from the moment it is open, as a browser does: it answers pings meanwhile."""

    def __init__(self, line: Line, total: int):
        self.line, self.total = line, total
        self.heard: list[tuple[int, float, int]] = []  # number, when, bytes of each message
        self.listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while len(self.heard) < self.total:
            frame = await self.line.read()
            at, fact = time.perf_counter(), json.loads(frame)
            if fact.get("kind", "").startswith("message."):
                self.heard.append((fact["fact"]["number"], at, len(frame)))

    def end(self) -> str:
        return repr(self.listening.exception()) if self.listening.done() else "the line was open and silent"


async def _opened(port: int, cookies: list[str], total: int) -> list[Page]:
    """All pages, at most fifty being opened at a time, each having had its first frame."""
    gate = asyncio.Semaphore(50)

    async def one(cookie):
        async with gate:
            line = Line(port, cookie)
            await line.open()
            await line.read()
            return Page(line, total)

    return await asyncio.gather(*(one(cookie) for cookie in cookies))


def _at_pace(say, total: int) -> None:
    begun = time.perf_counter()
    for place in range(total):
        time.sleep(max(0, begun + place / PER_SECOND - time.perf_counter()))
        say(place)


def _posting(chat: Conversation, members, sent: dict):
    """Posting as the page does it; the clock starts before the transaction."""
    first = Conversation.objects.get(pk=chat.pk).last_number + 1

    def say(place: int) -> None:
        sent[first + place] = time.perf_counter()
        post_message(conversation=chat, by=members[place % len(members)], text=f"Wie neemt de lampen mee? {place}")

    return say


def _sending(sent: dict, size: int):
    layer = get_channel_layer()

    def say(place: int) -> None:
        sent[place] = time.perf_counter()
        text = json.dumps({"kind": "message.1", "fact": {"number": place, "html": "x" * max(0, size - 60)}})
        async_to_sync(layer.group_send)(GROUP, {"type": "pass_on", "text": text})

    return say


def _at(values: list[float], share: float) -> float:
    return 1000 * values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


if __name__ == "__main__":
    main()
