"""Tellers, who is barred, who is present and who follows up are chosen by name, never by an e-mail address."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole
from polls.models import Meeting, Poll, Statutes
from polls.services import call_meeting, close_poll, open_meeting
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_polls import running_poll, vote

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ANSWERS = {
    "call_days": 7, "blank_counts": False, "matter_share": "1/2", "change_share": "2/3", "proxies_per_holder": 0,
    "proxy_hours": 24, "giver_may_still_vote": True, "advance_days": 0,
}  # fmt: skip


@pytest.fixture
def board(client):
    member = member_with(AssociationRole.BOARD, first_name="Bestuur")
    client.force_login(member)
    return member


def found(response, name) -> set[int]:
    html = response.content.decode()
    return {int(pk) for pk in re.findall(rf'<input type="(?:radio|checkbox)" name="{name}" value="(\d+)"', html)}


def searched(client, address, name, words, **values):
    return client.post(address, {f"{name}-search": words, f"{name}-find": "1", **values})


def test_three_tellers_are_found_by_name_and_kept_while_the_next_is_looked_for(client, board):
    one, two, three = (MemberFactory(first_name=name) for name in ("Ariane", "Bartel", "Cosima"))
    address = reverse("make-poll", args=["election"])
    values = {"question": "Wie wordt voorzitter?", "options": "Ans\nBo"}

    page = searched(client, address, "tellers", "cosima", tellers=[one.pk, two.pk], **values)

    assert (page.status_code, found(page, "tellers")) == (200, {one.pk, two.pk, three.pk})
    assert "Ans\nBo" in page.content.decode()
    values |= {"closes_at": (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")}
    values |= {"secrecy": "secret", "shown": "after_close", "audience": "everybody"}
    values |= {"seats": 1, "method": "absolute_majority"}
    too_few = client.post(address, {**values, "tellers": [one.pk, two.pk]})
    stranger = client.post(address, {**values, "tellers": [one.pk, two.pk, 999_999]})
    client.post(address, {**values, "tellers": [one.pk, two.pk, three.pk]})

    assert (too_few.status_code, stranger.status_code) == (422, 422)
    assert set(Poll.objects.get().tellers.values_list("member", flat=True)) == {one.pk, two.pk, three.pk}


def test_only_who_is_on_the_list_of_voters_can_be_barred(client):
    subgroup = SubgroupFactory()
    maker, voter = member_of(subgroup), member_of(subgroup, first_name="Doortje")
    MemberFactory(first_name="Doortje")
    poll = running_poll(subgroup, by=maker)
    client.force_login(maker)

    page = searched(client, reverse("poll-bar", args=[poll.pk]), "member", "doortje", reason="ALV")
    part = client.post(
        reverse("poll-bar", args=[poll.pk]), {"member-search": "doortje", "member-find": "1"}, headers=HTMX
    )

    assert (page.status_code, found(page, "member"), found(part, "member")) == (200, {voter.pk}, {voter.pk})
    assert 'value="ALV"' in page.content.decode()
    assert f'hx-post="{reverse("poll-bar", args=[poll.pk])}"' in page.content.decode()
    assert "<html" not in part.content.decode()
    assert not poll.electors.filter(barred_at__isnull=False).exists()


def test_who_leads_looks_somebody_up_at_the_door(client, board):
    Statutes.objects.create(pk=1, **ANSWERS)
    guest = MemberFactory(first_name="Evert")
    meeting = Meeting.objects.create(title="ALV", held_at=timezone.now() + timedelta(days=20), text="")
    meeting = open_meeting(meeting=call_meeting(meeting=meeting, by=board), by=board)
    address = reverse("meeting-check-in", args=[meeting.pk])

    page = searched(client, address, "member", "evert")
    nobody = client.post(address, {"member-search": "evert"})
    client.post(address, {"member-search": "evert", "member": guest.pk})

    assert (page.status_code, found(page, "member"), nobody.status_code) == (200, {guest.pk}, 422)
    assert list(meeting.attendances.values_list("member", flat=True)) == [guest.pk]
    client.post(address, {})
    assert set(meeting.attendances.values_list("member", flat=True)) == {guest.pk, board.pk}


def test_who_is_suspended_and_who_follows_up_are_found_by_name(client, board):
    member = MemberFactory(first_name="Fenna")
    poll = running_poll(None, by=board)
    vote(poll, board, choice=1)
    close_poll(poll=poll, by=board)

    suspended = searched(client, reverse("suspensions"), "member", "fenna", reason="ALV")
    follow_up = searched(client, reverse("poll-follow-up", args=[poll.pk]), "assignee", "fenna", title="Boeken")

    assert found(suspended, "member") == found(follow_up, "assignee") == {member.pk}
    assert not poll.follow_ups.exists()
