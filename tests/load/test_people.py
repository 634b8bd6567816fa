"""Lists of people at 51,200 places: constant queries, and each page under 200 ms of server time.

Run `python -m pytest tests/load/test_people.py -s`, on PostgreSQL with COMMUNITY_DATABASE_URL.
"""

import time

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from groups.people.models import AssociationRole, Enrolment, Member, RegisterRow
from groups.people.register.applying import apply_import, start_import
from groups.people.register.planning import plan_import
from groups.people.services import grant_role
from groups.subgroups.models import MAX_MEMBERS, MAX_SUBGROUPS, Membership, RoleGroup, Subgroup
from groups.subgroups.queries import umbrella_figures
from groups.subgroups.services import create_subgroup
from tests.factories import member_with
from tests.factories_people import some_kind
from tests.messy_register import as_csv, messy_rows

PEOPLE = 20_000
MOST_MS = 200


@pytest.fixture
def full_house(db):
    """50 full subgroups with 51,200 places, held by 20,000 different members."""
    kind = some_kind()
    people = Member.objects.bulk_create([_person(number) for number in range(PEOPLE)], batch_size=2000)
    Enrolment.objects.bulk_create([Enrolment(member=person, kind=kind) for person in people], batch_size=2000)
    for number in range(MAX_SUBGROUPS):
        _fill(create_subgroup(name=f"Groep {number}", description="Vol.", by=None), people, number)
    grant_role(member=people[0], role=AssociationRole.COMMUNITY_MANAGER, by=None)
    return people[0]


def _person(n):
    name = {"first_name": f"Voornaam{n}", "last_name": f"Achternaam{n % 977}"}
    return Member(**name, email=f"m{n}@load.example", is_listed=n % 2 == 0)


def _fill(subgroup, people, number):
    chosen = [people[(number * 400 + step * 7) % PEOPLE] for step in range(MAX_MEMBERS)]
    Membership.objects.bulk_create([Membership(subgroup=subgroup, member=person) for person in chosen], batch_size=2000)
    Subgroup.objects.filter(pk=subgroup.pk).update(member_count=MAX_MEMBERS)
    group = RoleGroup.objects.get(subgroup=subgroup, role="member").group_id
    places = Group.user_set.through
    places.objects.bulk_create([places(member_id=person.pk, group_id=group) for person in chosen], batch_size=2000)


PAGES = {
    "member list": lambda: reverse("subgroup-members", args=["groep-0"]),
    "member list, searched": lambda: reverse("subgroup-members", args=["groep-0"]) + "?q=naam12",
    "directory": lambda: reverse("directory"),
    "directory, searched": lambda: reverse("directory") + "?q=achternaam12",
    "groups": lambda: reverse("subgroups"),
    "umbrella": lambda: reverse("umbrella"),
    "front page": lambda: reverse("about-subgroup", args=["groep-1"]),
    "desk": lambda: reverse("desk-members", args=["groep-0"]),
}


def test_pages_stay_quick_with_every_place_taken(full_house, client, django_assert_max_num_queries):
    client.force_login(full_house)
    took = {}

    for name, address in PAGES.items():
        with django_assert_max_num_queries(40):
            assert client.get(address()).status_code == 200
        took[name] = min(_milliseconds(client, address()) for _ in range(3))
    print("\n" + "\n".join(f"{name:24} {ms:5} ms" for name, ms in took.items()))

    figures = umbrella_figures()
    assert figures.places_used == figures.max_places == 51_200
    assert figures.members == len(set(Membership.objects.values_list("member", flat=True)))
    assert {name: ms for name, ms in took.items() if ms > MOST_MS} == {}


def _milliseconds(client, address) -> int:
    start = time.perf_counter()
    client.get(address)
    return round((time.perf_counter() - start) * 1000)


def test_ten_thousand_lines_come_in_within_two_minutes(db):
    some_kind()
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    start = time.perf_counter()

    made = plan_import(name="leden.csv", content=as_csv(messy_rows(10_000)), by=secretary)
    start_import(made=made, by=secretary)
    apply_import(made.pk)

    seconds = time.perf_counter() - start
    print(f"\n10,000 lines in {seconds:.1f} s")
    assert made.counts()[RegisterRow.Outcome.ADD] == 9_700
    assert seconds < 120
