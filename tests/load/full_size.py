"""What pages cost in a full house, beside a bare Django view in the same run.

    COMMUNITY_DATABASE_URL=postgres://… python manage.py seed_full     (once, on an empty database)
    COMMUNITY_DATABASE_URL=postgres://… python -m tests.load.full_size [rounds] [clients …]

Without numbers: twenty rounds with one client, then with four. Each client is a process of its own with its own member,
as with as many web workers. Printed per page: queries, the middle and the 95th percentile of the time in the server,
the middle of the processor time of the web process (which a busy machine does not stretch; the database's own is not in
it), and how many times the bare view that is: one indexed query and 25 rows in a plain template, through the same
middleware.
"""

import os
import statistics
import sys
import time
from multiprocessing import get_context

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from community import urls
from community.memory import settle
from community.pages.models import AnnouncementPage
from community.portal.full.people import DOMAIN
from finance.pots.models import PaymentRequest, Pot
from groups.conversations.models import Conversation
from groups.people.models import Member
from groups.subgroups.models import Membership, Subgroup
from polls.models import Poll

LIMIT_MS, LIMIT_QUERIES = 200, 15
ROWS = engines["django"].from_string("<ul>{% for row in rows %}<li>{{ row.first_name }}</li>{% endfor %}</ul>")


def bare(request):
    rows = Member.objects.filter(pk__gte=request.user.pk).order_by("pk").only("first_name")[:25]
    return HttpResponse(ROWS.render({"rows": rows}))


urls.urlpatterns.insert(0, path("bare/", bare))


def pages() -> dict[str, tuple[str, str]]:
    """{name: (who, address)} in the fullest group."""
    group = Subgroup.objects.order_by("pk").first()
    lead = Pot.objects.get(subgroup=group).roles.get(role="chef").member
    member = Membership.objects.filter(subgroup=group).exclude(member=lead).order_by("-member").first().member
    long = Conversation.objects.filter(subgroup=group, kind="thread").order_by("-last_number").first()
    pot, poll = Pot.objects.get(subgroup=group), Poll.objects.filter(subgroup=group).first()
    announcement = AnnouncementPage.objects.live().filter(scope="everyone").order_by("-first_published_at").first()
    request = PaymentRequest.objects.filter(pot=pot, party__member=member).first()
    me = member.email
    return {
        "bare view": (me, "/bare/"),
        "home": (me, "/"),
        "group": (me, f"/groups/{group.slug}/threads/"),
        "chat": (me, f"/groups/{group.slug}/chat/"),
        "chat, the middle": (me, f"/groups/{group.slug}/chat/?from=50000"),
        "discussion": (me, long.get_absolute_url()),
        "discussion, the middle": (me, f"{long.get_absolute_url()}?from=2500"),
        "announcements": (me, "/announcements/"),
        "announcement": (me, announcement.get_absolute_url()),
        "polls": (me, "/polls/"),
        "poll": (me, poll.get_absolute_url()),
        "pot": (me, pot.get_absolute_url()),
        "payment": (me, request.get_absolute_url()),
        "members of the group": (me, f"/groups/{group.slug}/members/"),
        "members": (me, "/members/"),
        "search": (me, "/search/?q=boot"),
        "notices": (me, "/notices/"),
        "agenda": (me, "/agenda/"),
        "pot, for the Geldchef": (lead.email, pot.get_absolute_url()),
        "desk of the manager": (f"beheer@{DOMAIN}", "/desk/"),
        "desk of the board": (f"bestuur@{DOMAIN}", "/desk/"),
        "money office": (f"penningmeester@{DOMAIN}", "/treasury/"),
    }


def client_of(email: str) -> Client:
    client = Client()
    client.force_login(Member.objects.get(email=email))
    return client


def visit(work) -> list[tuple[str, float, float]]:
    """One client: every page so many times, mixed; returns (page, milliseconds, milliseconds of the processor)."""
    todo, rounds = work
    connection.close()
    clients = {who: client_of(who) for who in {who for who, _ in todo.values()}}
    took = []
    for _ in range(rounds):
        for name, (who, address) in todo.items():
            begin, worked = time.perf_counter(), time.process_time()
            answer = clients[who].get(address)
            ms, cpu = 1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - worked)
            took.append((name, ms, cpu))
            assert answer.status_code == 200, (name, address, answer.status_code)
    return took


def queries_of(who: str, address: str) -> int:
    client = client_of(who)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
        return len(asked.captured_queries)


def main(rounds: int, *each: int) -> None:
    settings.ALLOWED_HOSTS.append("testserver")
    todo = pages()
    cost = {name: queries_of(*where) for name, where in todo.items()}
    print(f"{Member.objects.count()} members; load of the machine at the start: {os.getloadavg()[0]:.1f}")
    connection.close()
    settle()
    for clients in each:
        measure(todo, cost, rounds, clients)


def measure(todo: dict, cost: dict, rounds: int, clients: int) -> None:
    with get_context("fork").Pool(clients) as pool:
        runs = pool.map(visit, [(todo, rounds)] * clients)
    rows = [row for run in runs for row in run]
    times = {name: sorted(ms for page, ms, _cpu in rows if page == name) for name in todo}
    worked = {name: statistics.median(cpu for page, _ms, cpu in rows if page == name) for name in todo}
    base = statistics.median(times["bare view"])
    print(f"\n{clients} clients, {rounds} rounds each")
    print(f"{'page':26}{'queries':>8}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'× bare':>8}")
    for name, measured in times.items():
        middle, late = statistics.median(measured), measured[int(0.95 * (len(measured) - 1))]
        sign = "  ← over" if late > LIMIT_MS or cost[name] > LIMIT_QUERIES else ""
        print(f"{name:26}{cost[name]:>8}{middle:>9.1f}{late:>9.1f}{worked[name]:>9.1f}{middle / base:>8.1f}{sign}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*numbers, *{0: (20, 1, 4), 1: (1, 4)}.get(len(numbers), ()))
