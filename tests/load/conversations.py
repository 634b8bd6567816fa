"""How conversations hold at full size; run as `python -m tests.load.conversations` on an empty database of its own.

Prints what it measures beside a bare reference in the same run: a page of a chat of 200,000 and of a thread of 5,000
against a thread of 25; search; and posting. Open pages by the thousand are in tests.load.sockets.
"""

import os
import statistics
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.conversations.models import Conversation, Message, ReadPosition
from groups.conversations.services import chat_of, post_message
from groups.people.models import Member
from tests.load.people import crowd

MEMBERS = int(os.environ.get("LOAD_MEMBERS", "1024"))
CHAT = int(os.environ.get("LOAD_CHAT", "200000"))


def main() -> None:
    call_command("migrate", verbosity=0)
    if Member.objects.exists():
        sys.exit("Give me an empty database: COMMUNITY_DATABASE_URL or COMMUNITY_DATA_DIR.")
    settings.ALLOWED_HOSTS.append("testserver")
    settings.POSTS_PER_MINUTE = settings.POSTS_PER_DAY = settings.POSTS_PER_DAY_NEW = 1_000_000
    subgroup, members = crowd(MEMBERS)
    _pages(subgroup, members)
    _posting(subgroup, members)


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


if __name__ == "__main__":
    main()
