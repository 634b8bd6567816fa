"""Web and Redis killed with -9 while a group talks; nothing may be missed or doubled, and posting goes on.

    COMMUNITY_DATABASE_URL=… python -m tests.faults.conversations

on an empty database of its own; it starts a Redis and a Daphne itself. Prints the tally and how fast a removed member's
page fell silent; the exit code is 1 when something was lost. FAULT_PAGES and FAULT_SECONDS make it smaller.
"""

import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import django

from tests.e2e.house import ROOT, free_port

REDIS_PORT = free_port()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
os.environ["COMMUNITY_REDIS_URL"] = f"redis://127.0.0.1:{REDIS_PORT}/0"
for limit in ("MINUTE", "DAY", "DAY_NEW"):
    os.environ.setdefault(f"COMMUNITY_POSTS_PER_{limit}", "1000000")
django.setup()

from asgiref.sync import sync_to_async
from django.core.files.base import ContentFile
from django.core.management import call_command

from groups.conversations.models import Attachment
from groups.conversations.services import chat_of, post_message
from groups.people.models import Member
from groups.subgroups.services import end_membership
from tests.load.lines import Line, fetch, session_of, wait_until_open
from tests.load.people import crowd

PAGES = int(os.environ.get("FAULT_PAGES", "50"))
SECONDS = int(os.environ.get("FAULT_SECONDS", "40"))
PER_SECOND = 10
PATIENCE = 120  # seconds for all pages to catch up, on a slow machine


class Service:
    """A process that is killed and started again."""

    def __init__(self, *command: str):
        self.command, self.kills = command, 0
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.kills += 1


class OpenPage:
    """What talk.js and live.js do: follow the line, knock again when it breaks, fetch what was missed."""

    def __init__(self, port: int, cookie: str, conversation: int):
        self.port, self.cookie, self.conversation = port, cookie, conversation
        self.shown: list[int] = []
        self.times: list[float] = []
        self.is_open = True
        self.away = 0

    async def live(self) -> None:
        while self.is_open:
            line = Line(self.port, self.cookie)
            try:
                await line.open()
                while self.is_open:
                    fact = await asyncio.wait_for(line.fact(), 60)
                    if fact["kind"] == "ready":
                        await self._catch_up()
                    elif fact["kind"] == f"message.{self.conversation}":
                        self._show(fact["fact"]["number"])
            except (OSError, TimeoutError, asyncio.IncompleteReadError):
                self.away += 1
                await asyncio.sleep(0.5)
            finally:
                if hasattr(line, "writer"):
                    line.close()

    def _show(self, number: int) -> None:
        """A number that stands there is not added again: the page's own rule."""
        self.times.append(time.perf_counter())
        if not self.shown or number > self.shown[-1]:
            self.shown.append(number)

    async def _catch_up(self) -> None:
        while True:
            after = self.shown[-1] if self.shown else 0
            path = f"/conversations/{self.conversation}/after/?after={after}"
            status, html = await asyncio.to_thread(fetch, self.port, path, self.cookie)
            numbers = [int(number) for number in re.findall(r'data-number="(\d+)"', html)]
            if status != 200 or not numbers:
                return
            for number in numbers:
                self._show(number)


def main() -> int:
    call_command("migrate", verbosity=0)
    if Member.objects.exists():
        sys.exit("Give me an empty database: COMMUNITY_DATABASE_URL.")
    redis = shutil.which("redis-server") or sys.exit("redis-server is not installed")
    with tempfile.TemporaryDirectory() as folder:
        layer = Service(redis, "--port", str(REDIS_PORT), "--save", "", "--dir", folder)
        port = free_port()
        web = Service(sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "community.asgi:application")
        try:
            wait_until_open(port)
            subgroup, members = crowd(PAGES)
            return asyncio.run(_story(subgroup, members, port, web, layer))
        finally:
            for service in (web, layer):
                with contextlib.suppress(OSError):
                    service.process.kill()


async def _story(subgroup, members, port: int, web: Service, layer: Service) -> int:
    chat = await sync_to_async(chat_of)(subgroup)
    cookies = [await sync_to_async(session_of)(member) for member in members]
    pages = [OpenPage(port, cookie, chat.pk) for cookie in cookies]
    following = [asyncio.create_task(page.live()) for page in pages]
    speech = {"posted": 0, "failed": 0, "slowest": 0.0}
    total = SECONDS * PER_SECOND
    speaker = threading.Thread(target=_speak, args=(chat, members, total, speech))
    speaker.start()
    for share, service, pause in ((0.2, web, 1), (0.5, layer, 5), (0.8, web, 1)):
        await _until(lambda share=share: speech["posted"] + speech["failed"] >= share * total)
        await asyncio.to_thread(service.kill)
        await asyncio.sleep(pause)
        service.start()
        await asyncio.to_thread(wait_until_open, port)
    await asyncio.to_thread(speaker.join)
    await asyncio.to_thread(wait_until_open, port)
    wanted = list(range(1, speech["posted"] + 1))
    healed = time.perf_counter()
    while any(page.shown[-1:] != wanted[-1:] for page in pages) and time.perf_counter() < healed + PATIENCE:
        await asyncio.sleep(0.1)  # pages knock again and fetch what they missed
    healed = time.perf_counter() - healed
    missed = sum(len(set(wanted) - set(page.shown)) for page in pages)
    doubled = sum(len(page.shown) - len(set(page.shown)) for page in pages)
    unordered = sum(1 for page in pages if page.shown != sorted(page.shown))
    print(
        f"{len(pages)} pages, {total} posts while web was killed {web.kills} times and Redis {layer.kills} time(s): "
        f"posted {speech['posted']}, failed {speech['failed']}, slowest post {1000 * speech['slowest']:.0f} ms; "
        f"missed {missed}, doubled {doubled}, pages out of order {unordered}, "
        f"all caught up {healed:.1f} s after web was back"
    )
    silent = await _remove(subgroup, chat, members, pages, cookies, port)
    for page in pages:
        page.is_open = False
    for task in following:
        task.cancel()
    return 0 if not (missed or doubled or unordered or speech["failed"]) and silent else 1


async def _until(holds) -> None:
    while not holds():
        await asyncio.sleep(0.05)


def _speak(chat, members, total: int, speech: dict) -> None:
    begun = time.perf_counter()
    for place in range(total):
        time.sleep(max(0, begun + place / PER_SECOND - time.perf_counter()))
        started = time.perf_counter()
        try:
            post_message(conversation=chat, by=members[place % len(members)], text=f"bericht {place}")
            speech["posted"] += 1
        except Exception as fault:
            speech["failed"] += 1
            print("a post failed:", type(fault).__name__)
        speech["slowest"] = max(speech["slowest"], time.perf_counter() - started)


async def _remove(subgroup, chat, members, pages, cookies, port) -> bool:
    """Take one member out while the others talk on: page silent within a second, files dead, search empty."""
    gone, page, cookie = members[-1], pages[-1], cookies[-1]
    file = await sync_to_async(_with_file)(chat, members[0])
    before = await asyncio.to_thread(fetch, port, file, cookie)
    talk = asyncio.create_task(_talk_on(chat, members[0]))
    await asyncio.sleep(1)
    await sync_to_async(end_membership)(subgroup=subgroup, member=gone)
    removed = time.perf_counter()
    await talk
    late = [at - removed for at in page.times if at > removed]
    file_status, _ = await asyncio.to_thread(fetch, port, file, cookie)
    _, found = await asyncio.to_thread(fetch, port, "/search/?q=bericht", cookie)
    hits = found.count("<mark>")
    others = sum(1 for other in pages[:-1] if other.shown[-1:] == pages[0].shown[-1:])
    print(
        f"a removed member: last fact {1000 * max(late, default=0):.0f} ms after the removal, while {others} of "
        f"{len(pages) - 1} others heard everything; file {before[0]} before and {file_status} after; "
        f"{hits} hits in search"
    )
    return max(late, default=0) < 1 and before[0] == 200 and file_status == 404 and not hits


def _with_file(chat, author) -> str:
    message = post_message(conversation=chat, by=author, text="met een bestand")
    file = Attachment(message=message, family="file", name="lijst.txt", content_type="text/plain", size=5)
    file.file.save("lijst.txt", ContentFile(b"hallo"), save=False)
    file.save()
    return file.get_absolute_url()


async def _talk_on(chat, author) -> None:
    for place in range(40):
        await sync_to_async(post_message)(conversation=chat, by=author, text=f"verder {place}")
        await asyncio.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
