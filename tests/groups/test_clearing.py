"""Emptying and deleting a group: counted beforehand, seen coming for a week, done once, and stopped by a hold."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import CASCADE
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.privacy.erasure import ask_erasure, erase_due
from community.privacy.retention import ask_hold, confirm_hold, lift_hold, wipe_all
from finance.pots.models import Pot
from finance.pots.services import record_cash
from groups.albums.models import Album, Photo
from groups.conversations.models import Attachment, Message
from groups.conversations.services import chat_of, post_message
from groups.events.models import Answer
from groups.events.services import answer_event
from groups.people.models import AssociationRole, AuditEntry
from groups.subgroups.contents import all_contents, plan_of
from groups.subgroups.errors import ClearingBegun, ClearingUnderWay, NothingToCallOff, StillInTheWay, UnderHold
from groups.subgroups.models import (
    Clearing,
    Membership,
    RoleGroup,
    Subgroup,
    SubgroupGroupPermission,
    SubgroupRole,
    SubgroupUserPermission,
)
from groups.subgroups.services import ask_clearing, call_off_clearing, clear_what_is_due, create_subgroup
from groups.subgroups.services.clearing import OF_THE_GROUP, clear_next
from groups.todos.models import Task
from notifications.models import Notice
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot
from tests.factories_polls import make_poll, running_poll
from tests.factories_talk import said
from tests.groups.test_albums import add, album_of, event_in
from tests.groups.test_attachments import photo as jpeg
from tests.groups.test_attachments import upload
from tests.parallel import at_once
from theme.uploads import take_in

pytestmark = pytest.mark.django_db


def later(days=8):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def club():
    return SubgroupFactory(name="Fotoclub", modules=["chat", "threads", "files", "agenda"])


@pytest.fixture
def manager(club):
    return member_of(club, SubgroupRole.MANAGER)


@pytest.fixture
def member(club):
    return member_of(club)


def fill(club, member) -> None:
    """Three messages, one with a file, an album with a photo, an event, a task, and a poll that has not opened."""
    said(chat_of(club), member, "eekhoorn een", "eekhoorn twee")
    taken = take_in(upload(jpeg(), "boot.jpg", "image/jpeg"))
    post_message(conversation=chat_of(club), by=member, text="met foto", files=[taken])
    add(album_of(club, member), member)
    event_in(club)
    Task.objects.create(subgroup=club, title="Vegen", made_by=member)
    make_poll(club)


def goes(club) -> dict:
    return {str(count.label): count.rows for count in plan_of(club).goes}


def test_it_says_beforehand_how_much_goes_and_what_stays_and_why(club, manager, member):
    fill(club, member)
    browser = Client()
    log_in_freshly(browser, manager)

    page = browser.get(reverse("clear-subgroup", args=[club.slug])).content.decode()

    assert "Berichten in de chat en in gesprekken, met hun bestanden: 3" in page
    assert "Foto" in page and "Taken: 1" in page


def test_emptying_takes_words_files_and_plans_and_leaves_people_and_settings(club, manager, member, client):
    fill(club, member)
    files = [file.name for row in Attachment.objects.all() for file in (row.file, row.small) if file]
    files += [file.name for row in Photo.objects.all() for file in (row.file, row.small) if file]
    counts = plan_of(club)
    ask_clearing(subgroup=club, by=manager, kind="empty")
    assert clear_what_is_due() == 0
    assert files and all(default_storage.exists(name) for name in files)

    gone = clear_what_is_due(later())

    clearing = Clearing.objects.get()
    assert gone == sum(clearing.counts.values()) == sum(count.rows for count in counts.goes)
    assert clearing.done_at
    assert plan_of(club).goes == []
    assert not Message.objects.exists() and not Album.objects.exists() and not Task.objects.exists()
    assert Membership.objects.active().filter(subgroup=club, member=member).exists()
    assert Subgroup.objects.get().rules == club.rules
    client.force_login(member)
    assert client.get(reverse("search"), {"q": "eekhoorn"}).context["found"] == []
    assert client.get(reverse("chat", args=[club.slug])).status_code == 200
    entry = AuditEntry.objects.get(act="subgroup.emptied")
    assert entry.details["counts"] == clearing.counts


@pytest.mark.django_db(transaction=True)
def test_the_files_are_gone_from_the_disk(club, manager, member):
    fill(club, member)
    files = [row.file.name for row in Attachment.objects.all()] + [row.file.name for row in Photo.objects.all()]
    ask_clearing(subgroup=club, by=manager, kind="empty")

    clear_what_is_due(later())

    assert len(files) == 2
    assert not any(default_storage.exists(name) for name in files)


def test_a_deleted_group_is_nowhere_any_more(club, manager, member, client):
    fill(club, member)
    paths = [
        reverse(name, args=[club.slug])
        for name in ("subgroup", "chat", "subgroup-members", "desk-settings", "about-subgroup")
    ]
    photo = reverse("photo-file", args=[Photo.objects.get().pk])
    ask_clearing(subgroup=club, by=manager, kind="delete")

    clear_what_is_due(later())

    for who in (member, manager, member_with(AssociationRole.COMMUNITY_MANAGER)):
        client.force_login(who)
        assert {client.get(path).status_code for path in [*paths, photo]} == {404}
        assert "Fotoclub" not in client.get(reverse("subgroups")).content.decode()
    assert not Membership.objects.filter(subgroup=club).exists()
    assert not RoleGroup.objects.filter(subgroup=club).exists()
    assert not Group.objects.filter(name__startswith=f"subgroup:{club.pk}:").exists()
    assert not Subgroup.objects.exists()
    assert not Notice.objects.filter(place=club.stream).exists()
    assert AuditEntry.objects.get(act="subgroup.deleted").about_name == "Fotoclub"
    assert create_subgroup(name="Fotoclub", description="Opnieuw", by=None).slug == club.slug


def test_a_place_under_the_umbrella_is_free_again(club, manager):
    ask_clearing(subgroup=club, by=manager, kind="delete")
    clear_what_is_due(later())

    assert Subgroup._base_manager.get(pk=club.pk).slot is None


def test_votes_that_were_held_stay_and_an_open_vote_keeps_the_group(club, manager):
    running_poll(club)

    with pytest.raises(StillInTheWay, match="poll open"):
        ask_clearing(subgroup=club, by=manager, kind="delete")
    assert ask_clearing(subgroup=club, by=manager, kind="empty")
    clear_what_is_due(later())
    assert club.polls.count() == 1


def test_a_pot_that_is_not_finished_keeps_the_group():
    pot, _chef, _requests = asked_pot()
    manager = member_of(pot.subgroup, SubgroupRole.MANAGER)

    with pytest.raises(StillInTheWay, match="is nog open"):
        ask_clearing(subgroup=pot.subgroup, by=manager, kind="delete")
    Pot.objects.filter(pk=pot.pk).update(status="closed", closed_at=timezone.now())
    ask_clearing(subgroup=pot.subgroup, by=manager, kind="delete")
    clear_what_is_due(later())

    assert Pot.objects.get().subgroup.deleted_at


def test_money_in_a_pot_keeps_the_group_also_when_it_is_closed():
    pot, chef, requests = asked_pot()
    record_cash(request=requests[0], by=chef, cents=42_50)
    Pot.objects.filter(pk=pot.pk).update(status="closed", closed_at=timezone.now())

    with pytest.raises(StillInTheWay, match="nog geld"):
        ask_clearing(subgroup=pot.subgroup, by=chef, kind="delete")
    assert [count.rows for count in plan_of(pot.subgroup).stays] == [1]


def test_what_came_in_the_way_during_the_week_stops_the_night(club, manager):
    ask_clearing(subgroup=club, by=manager, kind="delete")
    running_poll(club)

    assert clear_what_is_due(later()) == 0
    clearing = Clearing.objects.get()
    assert clearing.is_under_way and clearing.begun_at is None
    assert Subgroup.objects.filter(pk=club.pk).exists()


def test_it_happens_in_the_first_night_after_seven_days(club, manager, time_machine):
    time_machine.move_to("2026-10-20T14:00:00+02:00", tick=False)  # the clock goes back on the 25th

    due = timezone.localtime(ask_clearing(subgroup=club, by=manager, kind="empty").due_at)

    assert (due.isoformat(), due.hour) == ("2026-10-28T03:00:00+01:00", 3)


def test_everybody_in_the_group_is_told_and_sees_it_coming(club, manager, member, client):
    clearing = ask_clearing(subgroup=club, by=manager, kind="delete")

    assert set(Notice.objects.filter(key=clearing.key).values_list("member", flat=True)) == {manager.pk, member.pk}
    client.force_login(member)
    page = client.get(reverse("subgroup-members", args=[club.slug])).content.decode()
    assert "wordt in de nacht van" in page
    assert reverse("clear-subgroup", args=[club.slug]) not in page
    client.force_login(MemberFactory())
    assert "wordt in de nacht van" not in client.get(reverse("about-subgroup", args=[club.slug])).content.decode()


def test_another_manager_calls_it_off_without_more_proof(club, manager, client):
    ask_clearing(subgroup=club, by=manager, kind="delete")
    client.force_login(member_of(club, SubgroupRole.MANAGER))

    client.post(reverse("call-off-clearing", args=[club.slug]))

    assert clear_what_is_due(later()) == 0
    assert Clearing.objects.get().called_off_at
    assert AuditEntry.objects.filter(act="subgroup.delete_called_off").exists()
    with pytest.raises(NothingToCallOff):
        call_off_clearing(subgroup=club, by=manager)


def test_what_has_begun_is_not_called_off(club, manager, member):
    fill(club, member)
    clearing = ask_clearing(subgroup=club, by=manager, kind="empty")
    Clearing.objects.filter(pk=clearing.pk).update(due_at=later(), begun_at=timezone.now())

    with pytest.raises(ClearingBegun):
        call_off_clearing(subgroup=club, by=manager)


def test_one_at_a_time(club, manager):
    ask_clearing(subgroup=club, by=manager, kind="empty")

    with pytest.raises(ClearingUnderWay):
        ask_clearing(subgroup=club, by=manager, kind="delete")


def test_the_name_is_typed_and_proof_is_asked(club, manager, client):
    path = reverse("clear-subgroup", args=[club.slug])
    browser = Client()
    log_in_freshly(browser, manager)

    refused = browser.post(path, {"kind": "empty", "typed": "Fotoklub"})
    assert refused.status_code == 422
    assert "Fotoklub" in refused.content.decode()
    assert not Clearing.objects.exists()
    assert browser.post(path, {"kind": "verbrand", "typed": "Fotoclub"}).status_code == 422
    browser.post(path, {"kind": "empty", "typed": " fotoclub "})
    assert Clearing.objects.get().kind == "empty"


@pytest.mark.parametrize("who", ["member", "moderator", "outsider"])
def test_only_a_manager_may(club, client, who):
    role = {"member": SubgroupRole.MEMBER, "moderator": SubgroupRole.MODERATOR}.get(who)
    client.force_login(member_of(club, role) if role else MemberFactory())

    assert client.get(reverse("clear-subgroup", args=[club.slug])).status_code == 404
    assert client.post(reverse("call-off-clearing", args=[club.slug])).status_code == 404


def hold_on(subgroup):
    hold = ask_hold(by=MemberFactory(), reason="Zaak", subgroup=subgroup)
    return confirm_hold(by=MemberFactory(), hold=hold)


@pytest.mark.parametrize("wide", [True, False])
def test_a_hold_of_two_people_stops_both_acts_and_says_so(club, manager, member, client, wide):
    fill(club, member)
    hold = hold_on(None if wide else club)

    for kind in Clearing.Kind.values:
        with pytest.raises(UnderHold):
            ask_clearing(subgroup=club, by=manager, kind=kind)
    client.force_login(manager)
    assert "voor een juridische zaak" in client.get(reverse("clear-subgroup", args=[club.slug])).content.decode()
    lift_hold(by=MemberFactory(), hold=hold)
    assert ask_clearing(subgroup=club, by=manager, kind="empty")


def test_a_hold_that_came_during_the_week_stops_it_half_way_too(club, manager, member):
    fill(club, member)
    clearing = ask_clearing(subgroup=club, by=manager, kind="delete")
    assert clear_next(clearing.pk, size=1) == 1
    left = Message.objects.count()
    hold = hold_on(club)

    assert clear_what_is_due(later()) == 0
    assert Message.objects.count() == left
    lift_hold(by=MemberFactory(), hold=hold)
    assert clear_what_is_due(later()) > 0
    assert not Subgroup.objects.exists()


def test_one_person_alone_holds_nothing(club, manager):
    ask_hold(by=MemberFactory(), reason="Zaak", subgroup=club)

    assert ask_clearing(subgroup=club, by=manager, kind="empty")


def test_a_hold_on_a_group_stops_the_rules_of_everything_for_that_group_alone(club, manager, member):
    other = SubgroupFactory()
    old = timezone.now() - timedelta(days=900)
    for subgroup in (club, other):
        event = event_in(subgroup)
        answer_event(event=event, member=member_of(subgroup), choice="yes")
        Task.objects.create(subgroup=subgroup, title="Vegen", made_by=member, done_at=old, done_by=member)
        type(event).objects.filter(pk=event.pk).update(starts_at=old, ends_at=old + timedelta(hours=2), answer_by=None)
    hold_on(club)

    wipe_all()

    assert list(Task.objects.values_list("subgroup", flat=True)) == [club.pk]
    assert list(Answer.objects.values_list("event__subgroup", flat=True)) == [club.pk]


def test_who_is_in_a_held_group_is_not_erased_until_it_is_lifted(club, member):
    hold = hold_on(club)
    ask_erasure(member=member, posts="remove")

    assert erase_due(later()) == 0
    lift_hold(by=MemberFactory(), hold=hold)
    assert erase_due(later()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"called_off_at": "now", "begun_at": "now"},
        {"done_at": "now"},
        {"due_at": "now"},
    ],
)
def test_the_database_refuses_what_cannot_be(club, manager, wrong):
    clearing = ask_clearing(subgroup=club, by=manager, kind="empty")
    values = dict.fromkeys(wrong, clearing.asked_at)

    with pytest.raises(IntegrityError), transaction.atomic():
        Clearing.objects.filter(pk=clearing.pk).update(**values)


def test_a_deleted_group_without_members_only(club, manager):
    with pytest.raises(IntegrityError), transaction.atomic():
        Subgroup.objects.filter(pk=club.pk).update(deleted_at=timezone.now())


@given(steps=st.lists(st.sampled_from(["work", "work", "off", "kill"]), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_in_whatever_order_it_is_done_whole_or_not_at_all(steps):
    """Calling off, working and being killed in any order: every row is counted once, or nothing has gone."""
    with transaction.atomic():
        club = SubgroupFactory()
        manager, sayer = member_of(club, SubgroupRole.MANAGER), member_of(club)
        said(chat_of(club), sayer, *"abcdef")
        clearing = ask_clearing(subgroup=club, by=manager, kind="empty")
        for step in steps:
            take_step(step, clearing, club, manager)
        clearing.refresh_from_db()
        left = Message.objects.filter(conversation__subgroup=club).count()

        assert clearing.counts.get("messages", 0) + left == 6
        if clearing.called_off_at:
            assert left == 6 and clearing.begun_at is None
        transaction.set_rollback(True)


def take_step(step, clearing, club, manager) -> None:
    if step == "work":
        clear_next(clearing.pk, size=2)
    elif step == "kill":
        with transaction.atomic():
            clear_next(clearing.pk, size=2)
            transaction.set_rollback(True)
    else:
        try:
            call_off_clearing(subgroup=club, by=manager)
        except (ClearingBegun, NothingToCallOff):
            pass


@pytest.mark.django_db(transaction=True)
def test_two_managers_call_off_while_the_night_begins_and_one_of_the_three_wins(club, manager, member):
    said(chat_of(club), member, *"abcdef")
    ask_clearing(subgroup=club, by=manager, kind="empty")
    second = member_of(club, SubgroupRole.MANAGER)

    outcomes = at_once(
        lambda: call_off_clearing(subgroup=club, by=manager),
        lambda: call_off_clearing(subgroup=club, by=second),
        lambda: clear_what_is_due(later()),
    )

    clearing, left = Clearing.objects.get(), Message.objects.count()
    called_off = [outcome for outcome in outcomes[:2] if isinstance(outcome, Clearing)]
    assert len(called_off) == (1 if clearing.called_off_at else 0)
    assert left == (6 if clearing.called_off_at else 0) or outcomes[2] == 0
    assert AuditEntry.objects.filter(act="subgroup.emptied").count() == (1 if clearing.done_at else 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_count_everything_once(club, manager, member):
    said(chat_of(club), member, *"abcdef")
    ask_clearing(subgroup=club, by=manager, kind="empty")

    at_once(*[lambda: clear_what_is_due(later())] * 2)
    clear_what_is_due(later())

    clearing = Clearing.objects.get()
    assert clearing.counts == {"messages": 6}
    assert AuditEntry.objects.filter(act="subgroup.emptied").count() == 1


def test_every_kind_of_row_of_a_group_was_judged():
    """Whoever adds a model with a group must say in contents.py whether its rows go, are settings, or stay and why."""
    by_name = SubgroupFactory()
    registered = {contents.rows(by_name).model for contents in all_contents()}
    of_people = {*OF_THE_GROUP, RoleGroup, SubgroupGroupPermission, SubgroupUserPermission}

    related = {field.related_model for field in Subgroup._meta.related_objects if field.on_delete is CASCADE}

    assert {model.__name__ for model in related - registered - of_people} == set()
