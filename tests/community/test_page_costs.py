"""What a page may cost the database, for everybody, in a house that is lived in: fifteen queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.pages.models import AnnouncementPage
from community.portal.demo import load_all
from finance.pots.models import Pot
from groups.conversations.models import Conversation
from polls.models import Poll

BUDGET = 15


@pytest.fixture
def club(db):
    return load_all()


def test_main_pages_stay_within_the_budget_of_queries(club):
    group = club.subgroups["zomertocht-friesland"]
    thread = Conversation.objects.filter(subgroup=group, kind=Conversation.Kind.THREAD).first()
    poll, pot = Poll.objects.filter(subgroup=group).first(), Pot.objects.filter(subgroup=group).first()
    announcement = AnnouncementPage.objects.live().order_by("-first_published_at").first()
    in_group = [
        f"/groups/{group.slug}/{part}/"
        for part in ("about", "chat", "threads", "members", "polls", "pots", "agenda", "tasks")
    ]
    lists = ["/", "/announcements/", "/polls/", "/pots/", "/members/", "/groups/", "/search/?q=boot", "/notices/"]
    one = [each.get_absolute_url() for each in (thread, announcement, poll, pot)]
    visits = {
        "anneke": [*lists, *in_group, *one, "/tasks/", "/privacy/", "/settings/", "/more/"],
        "marloes": ["/", *in_group, *one],
        "beheer": ["/", "/desk/", "/umbrella/", "/members/"],
        "bestuur": ["/", "/desk/", "/treasury/"],
        "penningmeester": ["/", "/desk/", "/treasury/"],
    }

    costs = {(who, path): cost(club.people[who], path) for who, paths in visits.items() for path in paths}

    assert {visit: number for visit, number in costs.items() if number > BUDGET} == {}


def cost(member, path: str) -> int:
    """The queries of a second visit: at the first one the session and the marks of reading are written."""
    client = Client()
    client.force_login(member)
    assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in queries)
