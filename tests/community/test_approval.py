"""A second pair of eyes: off, for the first three, or for all announcements of a group."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.pages.access import visible_announcements
from community.pages.audience import Scope
from community.pages.errors import DecidedAlready, NotOwnApproval, RepeatNeedsApproval, WaitsAlready
from community.pages.models import AnnouncementPage, Approval, EditorialRule
from community.pages.services import move_page, publish_due, repeat_announcement, send_announcement
from community.pages.services.approving import decide_approval, needs_approval, set_rule
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.cards import cards_for
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft

pytestmark = pytest.mark.django_db
MODE = EditorialRule.Mode


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


@pytest.fixture
def subgroup():
    return SubgroupFactory(name="Jeugd")


@pytest.fixture
def writer(subgroup):
    return member_of(subgroup, SubgroupRole.MANAGER)


@pytest.fixture
def manager():
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def of_group(writer, subgroup, **fields):
    return draft(writer, scope=Scope.GROUPS, subgroups=[subgroup], **fields)


def sent(writer, subgroup, **fields):
    announcement = of_group(writer, subgroup, **fields)
    send_announcement(announcement=announcement, by=writer)
    return announcement


def is_live(announcement, time_machine):
    time_machine.shift(40)
    publish_due()
    return AnnouncementPage.objects.get(pk=announcement.pk).live


def test_without_a_rule_it_appears_at_once(writer, subgroup, time_machine):
    assert is_live(sent(writer, subgroup), time_machine)
    assert not Approval.objects.exists()


def test_held_until_somebody_else_approves(client, writer, subgroup, manager, time_machine):
    member = member_of(subgroup)
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    client.force_login(writer)
    announcement = of_group(writer, subgroup, title="Jeugddag")
    client.post(reverse("send-announcement", args=[announcement.pk]))
    waiting = client.get(reverse("announcement-report", args=[announcement.pk])).content.decode()
    before = is_live(announcement, time_machine)

    client.force_login(manager)
    card = next(card for card in cards_for(manager) if card.key.startswith("approval:"))
    client.post(reverse("decide-approval", args=[Approval.objects.get().pk]), {"answer": "yes"})
    after = is_live(announcement, time_machine)

    assert "Wacht op goedkeuring" in waiting
    assert not before
    assert card.title == "Jeugddag"
    assert Notice.objects.filter(member=manager, kind="announcement-approval").count() == 1
    assert after
    assert visible_announcements(member).count() == 1
    assert Notice.objects.filter(member=writer, kind="announcement-decided").count() == 1


def test_who_wrote_it_finds_it_among_the_drafts_as_waiting(client, writer, subgroup, manager):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    of_group(writer, subgroup, title="Nog niet klaar")
    client.force_login(writer)

    before = client.get(reverse("announcement-desk")).content.decode()
    sent(writer, subgroup, title="Jeugddag")
    after = client.get(reverse("announcement-desk")).content.decode()

    assert "wacht op goedkeuring" not in before
    assert after.count("wacht op goedkeuring") == 1


def test_the_open_desk_of_who_approves_fetches_its_cards_anew(client, writer, subgroup, manager):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    client.force_login(manager)
    page = client.get(reverse("desk")).content.decode()
    sent(writer, subgroup, title="Jeugddag")

    part = client.get(reverse("desk"), headers={"HX-Request": "true", "HX-Target": "to-do"}).content.decode()

    assert 'id="to-do" aria-labelledby="to-do-title" data-live="me badge" data-live-refresh="/desk/"' in page
    assert "Jeugddag" in part
    assert "<html" not in part


def test_sent_back_with_a_reason_it_is_a_draft_and_can_be_offered_again(
    client, writer, subgroup, manager, time_machine
):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    announcement = sent(writer, subgroup)
    client.force_login(manager)

    client.post(
        reverse("decide-approval", args=[Approval.objects.get().pk]), {"answer": "no", "reason": "Noem de datum"}
    )
    client.force_login(writer)
    page = client.get(reverse("announcement-report", args=[announcement.pk])).content.decode()
    send_announcement(announcement=announcement, by=writer)

    assert "Noem de datum" in page
    assert not is_live(announcement, time_machine)
    assert Approval.objects.filter(decided_at__isnull=True).count() == 1


def test_only_the_first_three_of_each_writer(writer, subgroup, manager):
    set_rule(subgroup=subgroup, mode=MODE.FIRST, by=manager)
    heir = member_of(subgroup, SubgroupRole.MANAGER)
    for number in range(3):
        announcement = sent(writer, subgroup, title=f"Nummer {number}")
        decide_approval(approval=announcement.approvals.get(), by=manager, yes=True)

    assert not needs_approval(of_group(writer, subgroup), writer)
    assert needs_approval(of_group(heir, subgroup), heir)


def test_there_is_no_way_round_by_moving_or_repeating(writer, subgroup, manager, time_machine):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    announcement = of_group(writer, subgroup)

    move_page(page=announcement, at=timezone.now() + timedelta(hours=1), by=writer)
    with pytest.raises(RepeatNeedsApproval):
        repeat_announcement(
            announcement=of_group(writer, subgroup), by=writer, rhythm="weekly",
            first_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
    time_machine.shift(timedelta(hours=2))

    assert not is_live(announcement, time_machine)
    assert Approval.objects.get().announcement == announcement


def test_it_appears_at_the_moment_that_was_asked_for(writer, subgroup, manager, time_machine):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    announcement = of_group(writer, subgroup)
    move_page(page=announcement, at=timezone.now() + timedelta(hours=1), by=writer)

    decide_approval(approval=Approval.objects.get(), by=manager, yes=True)
    early = is_live(announcement, time_machine)
    time_machine.shift(timedelta(hours=1))

    assert not early
    assert is_live(announcement, time_machine)


def test_nobody_approves_their_own_and_nobody_twice(subgroup, manager, writer):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    sent(writer, subgroup)
    approval = Approval.objects.get()
    with pytest.raises(WaitsAlready):
        send_announcement(announcement=approval.announcement, by=writer)
    with pytest.raises(NotOwnApproval):
        decide_approval(approval=approval, by=writer, yes=True)

    decide_approval(approval=approval, by=manager, yes=True)

    with pytest.raises(DecidedAlready):
        decide_approval(approval=approval, by=manager, yes=False)


def test_undoing_takes_the_question_back(client, subgroup, manager, writer):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    announcement = sent(writer, subgroup)
    client.force_login(writer)

    client.post(reverse("withdraw-announcement", args=[announcement.pk]))

    assert not Approval.objects.exists()


def test_doors(client, subgroup, manager, writer):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    sent(writer, subgroup)
    address = reverse("decide-approval", args=[Approval.objects.get().pk])
    for who in (writer, MemberFactory(), member_with(AssociationRole.BOARD)):
        client.force_login(who)
        assert client.post(address, {"answer": "yes"}).status_code == 403
        assert client.get(reverse("editorial-rules")).status_code == 403
    client.force_login(manager)
    client.post(reverse("editorial-rules"), {"subgroup": subgroup.pk, "mode": "first"})
    wrong = client.post(reverse("editorial-rules"), {"subgroup": "0", "mode": "x"})

    assert EditorialRule.objects.get().mode == "first"
    assert wrong.status_code == 422
    client.post(reverse("editorial-rules"), {"subgroup": subgroup.pk, "mode": ""})
    assert not EditorialRule.objects.exists()


def test_the_database_holds_one_open_question_per_announcement(subgroup, manager, writer):
    set_rule(subgroup=subgroup, mode=MODE.ALL, by=manager)
    announcement = sent(writer, subgroup)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(announcement=announcement, asked_by=writer)
