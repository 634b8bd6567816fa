"""How conversations hold at full size; run as `python -m tests.load.conversations` on an empty database of its own.

Prints what it measures beside a bare reference in the same run: a page of a chat of 200,000 and of a thread of 5,000
against a thread of 25; posting; and, with COMMUNITY_REDIS_URL or without, 1,024 sockets against 10 messages a second.
"""

import asyncio
import json
import os
import statistics
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.asgi import application
from groups.conversations.models import Conversation, Message, ReadPosition
from groups.conversations.services import chat_of, post_message
from groups.people.models import Enrolment, Member, MembershipKind
from groups.subgroups.models import Membership, Subgroup
from groups.subgroups.services import create_subgroup, role_group
from notifications.live import server_loop

MEMBERS = int(os.environ.get("LOAD_MEMBERS", "1024"))
CHAT = int(os.environ.get("LOAD_CHAT", "200000"))
SECONDS = int(os.environ.get("LOAD_SECONDS", "60"))
PER_SECOND = 10


def main() -> None:
    call_command("migrate", verbosity=0)
    if Member.objects.exists():
        sys.exit("Give me an empty database: COMMUNITY_DATABASE_URL or COMMUNITY_DATA_DIR.")
    settings.ALLOWED_HOSTS.append("testserver")
    settings.POSTS_PER_MINUTE = settings.POSTS_PER_DAY = settings.POSTS_PER_DAY_NEW = 1_000_000
    subgroup, members = _people()
    _pages(subgroup, members)
    _posting(subgroup, members)
    asyncio.run(_sockets(subgroup, members))


def _people():
    kind = MembershipKind.objects.create(name="Lid")
    members = Member.objects.bulk_create(
        Member(email=f"m{n}@load.example", first_name=f"Lid{n}", password="!") for n in range(MEMBERS)
    )
    Enrolment.objects.bulk_create(
        Enrolment(member=member, kind=kind, starts_on=timezone.localdate()) for member in members
    )
    subgroup = create_subgroup(name="Groot", description="Alles.", by=None)
    Membership.objects.bulk_create(Membership(subgroup=subgroup, member=member) for member in members)
    group = role_group(subgroup, "member")
    Member.groups.through.objects.bulk_create(
        Member.groups.through(member_id=member.pk, group_id=group.pk) for member in members
    )
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=MEMBERS)
    return subgroup, members


def _fill(conversation: Conversation, members, amount: int) -> Conversation:
    now = timezone.now()
    for start in range(0, amount, 5000):
        Message.objects.bulk_create(
            Message(
                conversation=conversation,
                number=number,
                author=members[number % len(members)],
                text=f"Bericht {number} over de lampen en de boot.",
                created_at=now,
                told_at=now,
            )
            for number in range(start + 1, min(start + 5000, amount) + 1)
        )
    conversation.last_number, conversation.last_at = amount, now
    conversation.save()
    return conversation


def _pages(subgroup, members) -> None:
    def thread(title):
        return Conversation.objects.create(kind="thread", subgroup=subgroup, title=title)

    small, large = _fill(thread("Klein"), members, 25), _fill(thread("Groot"), members, 5000)
    chat = _fill(chat_of(subgroup), members, CHAT)
    ReadPosition.objects.bulk_create(
        ReadPosition(conversation=conversation, member=members[0], number=conversation.last_number)
        for conversation in (small, large, chat)
    )
    client = Client()
    client.force_login(members[0])
    reference = _page(client, small.get_absolute_url(), "thread of 25 (reference)", None)
    for label, path in [
        ("thread of 5,000, its end", large.get_absolute_url()),
        ("thread of 5,000, in the middle", f"{large.get_absolute_url()}?om=2500"),
        (f"chat of {CHAT:,}, its end", chat.get_absolute_url()),
        (f"chat of {CHAT:,}, in the middle", f"{chat.get_absolute_url()}?om={CHAT // 2}"),
        ("search for a word in every message", "/search/?q=lampen"),
    ]:
        _page(client, path, label, reference)


def _page(client, path: str, label: str, reference: float | None) -> float:
    client.get(path)
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append(1000 * (time.perf_counter() - begun))
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    middle = statistics.median(times)
    ratio = f", {middle / reference:.2f}x the reference" if reference else ""
    print(f"{label}: median {middle:.1f} ms, p95 {sorted(times)[13]:.1f} ms, {len(queries)} queries{ratio}")
    return middle


def _posting(subgroup, members) -> None:
    chat, times = chat_of(subgroup), []
    for number in range(200):
        begun = time.perf_counter()
        post_message(conversation=chat, by=members[number % len(members)], text=f"post {number}")
        times.append(1000 * (time.perf_counter() - begun))
    bare = []
    for number in range(200):
        begun = time.perf_counter()
        Message.objects.create(conversation=chat, number=10_000_000 + number, text="kaal", told_at=timezone.now())
        bare.append(1000 * (time.perf_counter() - begun))
    Message.objects.filter(number__gte=10_000_000).delete()
    print(
        f"posting: median {statistics.median(times):.1f} ms, p95 {sorted(times)[189]:.1f} ms; "
        f"bare insert {statistics.median(bare):.1f} ms"
    )


async def _sockets(subgroup, members) -> None:
    """Every member has a page open; messages come at a steady pace; each page must hear each, in order."""
    server_loop.capture()
    pages = [await sync_to_async(_open)(member) for member in members]
    for page in pages:
        await page.connect(timeout=30)
        assert json.loads(await page.receive_from(timeout=30))["kind"] == "ready"
    chat = await sync_to_async(chat_of)(subgroup)
    sent: dict[int, float] = {}
    total = SECONDS * PER_SECOND
    listeners = [asyncio.create_task(_listen(page, total, sent)) for page in pages]
    threading.Thread(target=_speak, args=(chat, members, total, sent), daemon=True).start()
    heard = await asyncio.gather(*listeners)
    delays = sorted(delay for delays, _ in heard for delay in delays)
    lost = sum(total - len(delays) for delays, _ in heard)
    unordered = sum(1 for _, in_order in heard if not in_order)
    print(
        f"{len(pages)} sockets, {PER_SECOND}/s for {SECONDS} s: {len(delays):,} of {total * len(pages):,} heard, "
        f"lost {lost}, pages out of order {unordered}, p50 {_at(delays, 0.5):.0f} ms, p95 {_at(delays, 0.95):.0f} ms, "
        f"last {_at(delays, 1):.0f} ms"
    )


def _at(delays: list[float], share: float) -> float:
    return 1000 * delays[min(len(delays) - 1, int(share * len(delays)))] if delays else float("nan")


def _open(member) -> WebsocketCommunicator:
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(member.pk), member.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    headers = [
        (b"origin", b"http://localhost"),
        (b"host", b"localhost"),
        (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session.session_key}".encode()),
    ]
    return WebsocketCommunicator(application, "/live/", headers=headers)


async def _listen(page, total: int, sent: dict[int, float]):
    delays, numbers = [], []
    while len(numbers) < total:
        try:
            frame = json.loads(await page.receive_from(timeout=30))
        except TimeoutError:
            break
        if frame["kind"].startswith("message."):
            number = frame["fact"]["number"]
            numbers.append(number)
            delays.append(time.perf_counter() - sent[number])
    return delays, numbers == sorted(set(numbers))


def _speak(chat, members, total: int, sent: dict[int, float]) -> None:
    begun = time.perf_counter()
    number = Conversation.objects.get(pk=chat.pk).last_number
    for place in range(total):
        time.sleep(max(0, begun + place / PER_SECOND - time.perf_counter()))
        number += 1
        sent[number] = time.perf_counter()
        post_message(conversation=chat, by=members[place % len(members)], text=f"live {place}")


if __name__ == "__main__":
    main()
