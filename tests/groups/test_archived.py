"""An archived group: everything in it can be read back by who was in it, and nothing can be changed any more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.conversations.models import TalkRules
from groups.conversations.services import chat_of, start_thread
from groups.events.services import plan_event
from groups.people.models import AssociationRole
from groups.subgroups.access import is_member
from groups.subgroups.errors import NameTaken, UmbrellaFull
from groups.subgroups.models import MAX_SUBGROUPS, Subgroup, SubgroupRole
from groups.subgroups.services import (
    archive_subgroup,
    create_subgroup,
    decide_proposal,
    merge_subgroups,
    propose_subgroup,
    reopen_subgroup,
)
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import pot_in
from tests.factories_polls import running_poll
from tests.factories_talk import said

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
PARTS = ["chat", "threads", "polls", "pot", "agenda"]


@pytest.fixture
def past():
    """An archived group with something in every room, who was in it, and the addresses of what is there."""
    subgroup = SubgroupFactory(name="Zomerkamp", modules=PARTS)
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    thread = start_thread(subgroup=subgroup, by=manager, title="Wie kookt er?", text="Ik niet")
    (message,) = said(chat_of(subgroup), manager, "Tot volgend jaar")
    tomorrow = timezone.now() + timedelta(days=1)
    event = plan_event(by=manager, subgroup=subgroup, title="Slotavond", starts_at=tomorrow, ends_at=tomorrow + HOUR)
    poll = running_poll(subgroup)
    pot = pot_in(subgroup, member_of(subgroup, SubgroupRole.GELDCHEF))
    archive_subgroup(subgroup=subgroup, by=manager)
    subgroup.refresh_from_db()
    own = {name: reverse(name, args=[subgroup.slug]) for name in ("subgroup", "about-subgroup", "subgroup-members")}
    names = ("chat", "threads", "subgroup-polls", "subgroup-agenda")
    rooms = {name: reverse(name, args=[subgroup.slug]) for name in names}
    things = {
        "thread": reverse("thread", args=[subgroup.slug, getattr(thread, "conversation_id", thread.pk)]),
        "event": reverse("event", args=[event.pk]),
        "poll": poll.get_absolute_url(),
        "pot": pot.get_absolute_url(),
        "pots": reverse("subgroup-pots", args=[subgroup.slug]),
    }
    return {"subgroup": subgroup, "manager": manager, "message": message, "event": event, "links": own | rooms | things}


def opened(client, links) -> dict[str, int]:
    return {name: client.get(address).status_code for name, address in links.items()}


def test_every_old_link_still_opens_for_who_was_in_it(client, past):
    client.force_login(past["manager"])

    assert opened(client, past["links"]) == dict.fromkeys(past["links"], 200)
    assert "Tot volgend jaar" in client.get(past["links"]["chat"]).content.decode()


def test_nobody_else_reads_it(client, past):
    client.force_login(MemberFactory())

    assert opened(client, past["links"]) == dict.fromkeys(past["links"], 404)


def test_nothing_can_be_said_or_changed_any_more(client, past):
    client.force_login(past["manager"])
    links, message = past["links"], past["message"]

    answers = [
        client.post(links["chat"], {"text": "Hallo?"}).status_code,
        client.post(links["thread"], {"text": "Hallo?"}).status_code,
        client.post(reverse("message-react", args=[message.pk]), {"kind": "heart"}).status_code,
        client.post(reverse("message-edit", args=[message.pk]), {"text": "Anders"}).status_code,
    ]
    client.post(reverse("answer-event", args=[past["event"].pk]), {"choice": "yes"})

    assert answers == [403, 403, 403, 403]
    assert past["event"].answers.count() == 0


def test_what_was_hidden_from_a_newcomer_stays_hidden(client, past):
    subgroup = past["subgroup"]
    reopen_subgroup(subgroup=subgroup, by=past["manager"])
    TalkRules.objects.update_or_create(subgroup=subgroup, defaults={"hides_history": True})
    newcomer = member_of(subgroup)
    archive_subgroup(subgroup=subgroup, by=past["manager"])
    client.force_login(newcomer)

    assert "Tot volgend jaar" not in client.get(past["links"]["chat"]).content.decode()


def test_after_a_merge_the_old_address_reads_back_or_leads_on(client, past):
    source, target = SubgroupFactory(name="Koor"), SubgroupFactory(name="Zang")
    singer, newcomer = member_of(source), member_of(target)

    merge_subgroups(source=source, target=target, by=past["manager"])

    client.force_login(singer)
    read_back = client.get(source.get_absolute_url())
    client.force_login(newcomer)
    assert read_back.status_code == 200
    assert client.get(source.get_absolute_url())["Location"] == target.get_absolute_url()


def test_an_archived_group_is_opened_again_with_who_was_in_it(client, past):
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))
    shown = client.get(reverse("umbrella")).content.decode()

    client.post(reverse("reopen-subgroup", args=[past["subgroup"].slug]))

    assert "Zomerkamp" in shown
    assert is_member(past["manager"], past["subgroup"])
    assert Subgroup.objects.active().filter(pk=past["subgroup"].pk).exists()


def test_an_archived_group_does_not_come_back_as_the_51st(past):
    for number in range(MAX_SUBGROUPS):
        SubgroupFactory(name=f"Vol {number}")

    with pytest.raises(UmbrellaFull):
        reopen_subgroup(subgroup=past["subgroup"], by=past["manager"])


def test_only_community_managers_open_a_group_again(client, past):
    client.force_login(past["manager"])

    assert client.post(reverse("reopen-subgroup", args=[past["subgroup"].slug])).status_code == 403


def test_a_name_that_is_taken_meanwhile_is_refused_in_words():
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    proposal = propose_subgroup(by=MemberFactory(), name="Koor", description="x", kind="interest")
    create_subgroup(name="Koor", description="x", by=manager)

    with pytest.raises(NameTaken):
        decide_proposal(proposal=proposal, by=manager, accept=True)
