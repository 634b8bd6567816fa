"""Announcements: for whom they are, how they are written, planned and taken back, and who has read them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from community.pages.access import visible_announcements, writable_announcements
from community.pages.audience import Audience, Scope
from community.pages.errors import AlreadySent, InThePast, NobodyThere, NothingToConfirm, NotYourAudience, TooManyPins
from community.pages.forms import PlanForm
from community.pages.models import AnnouncementPage, Broadcast, Reading, Reply
from community.pages.queries import audience_size, latest_unread_announcement, reach_report, unread_announcements
from community.pages.services import (
    acknowledge,
    change_announcement,
    continue_broadcasts,
    plan_announcement,
    publish_due,
    read_all_announcements,
    read_announcement,
    send_announcement,
    withdraw_announcement,
    write_announcement,
)
from community.privacy.retention import set_term, wipe_all
from groups.people.models import AssociationRole, Enrolment, Member, MembershipKind
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member, archive_subgroup, end_membership
from notifications.models import Delivery, Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, published
from theme.retention import retention_rule

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LIST_QUERIES = 22


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


def numbers(announcements):
    return set(announcements.values_list("pk", flat=True))


# --- For whom ---------------------------------------------------------------------------------------
def test_everyone_sees_an_announcement_for_all_members_and_nobody_else_does(time_machine):
    member, outsider = MemberFactory(), MemberFactory(enrolled=False)

    announcement = published(time_machine)

    assert numbers(visible_announcements(member)) == {announcement.pk}
    assert numbers(visible_announcements(outsider)) == set()


def test_members_of_several_chosen_groups_count_and_see_it_once(time_machine):
    first, second = SubgroupFactory(), SubgroupFactory()
    both = member_of(first)
    add_member(subgroup=second, member=both)
    only_second, outsider = member_of(second), MemberFactory()

    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[first, second])
    continue_broadcasts()

    assert [found.pk for found in visible_announcements(both)] == [announcement.pk]
    assert numbers(visible_announcements(outsider)) == set()
    assert audience_size(announcement.audience).people == 2
    assert audience_size(announcement.audience).groups == 2
    assert set(Delivery.objects.values_list("member", flat=True)) == {both.pk, only_second.pk}
    assert Broadcast.objects.get().told == 2


def test_who_leaves_the_group_sees_it_no_more_and_who_joins_does(time_machine):
    subgroup = SubgroupFactory()
    leaver, joiner = member_of(subgroup), MemberFactory()
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup])

    end_membership(subgroup=subgroup, member=leaver)
    add_member(subgroup=subgroup, member=joiner)

    assert numbers(visible_announcements(leaver)) == set()
    assert numbers(visible_announcements(joiner)) == {announcement.pk}


def test_an_archived_group_has_no_audience_any_more(time_machine):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup])

    archive_subgroup(subgroup=subgroup)

    assert numbers(visible_announcements(member)) == set()
    assert audience_size(announcement.audience).people == 0


def test_kinds_and_roles_narrow_the_audience_together(time_machine):
    youth = MembershipKind.objects.create(name="Jeugdlid")
    young, grown = MemberFactory(enrolled=False), MemberFactory()
    Enrolment.objects.create(member=young, kind=youth)
    board = member_with(AssociationRole.BOARD)

    for_youth = published(time_machine, kinds=[str(youth.pk)])
    for_board = published(time_machine, roles=[AssociationRole.BOARD])

    assert numbers(visible_announcements(young)) == {for_youth.pk}
    assert numbers(visible_announcements(grown)) == set()
    assert numbers(visible_announcements(board)) == {for_board.pk}


def test_a_role_past_its_end_gives_nothing(time_machine):
    board = member_with(AssociationRole.BOARD)
    announcement = published(time_machine, roles=[AssociationRole.BOARD])

    board.role_grants.update(
        ends_on=timezone.localdate() - timedelta(days=1), starts_on=timezone.localdate() - timedelta(days=9)
    )
    board = Member.objects.get(pk=board.pk)

    assert numbers(visible_announcements(board)) == set()
    assert not announcement.audience.members().exists()


@pytest.mark.parametrize("scope", [Scope.EVERYONE, Scope.GROUPS])
def test_the_list_of_people_and_the_question_per_member_agree(scope, time_machine):
    youth = MembershipKind.objects.create(name="Jeugdlid")
    first, second = SubgroupFactory(), SubgroupFactory()
    people = [member_of(first), member_of(second), MemberFactory(), MemberFactory(enrolled=False), member_of(first)]
    Enrolment.objects.filter(member=people[4]).update(kind=youth)
    people += [member_with(AssociationRole.BOARD)]
    add_member(subgroup=first, member=people[5])
    kinds = [[], [str(youth.pk)]]
    roles = [[], [AssociationRole.BOARD]]

    for chosen_kinds in kinds:
        for chosen_roles in roles:
            announcement = draft(scope=scope, subgroups=[first], kinds=chosen_kinds, roles=chosen_roles)
            AnnouncementPage.objects.filter(pk=announcement.pk).update(live=True)
            by_list = {member.pk for member in announcement.audience.members()} & {p.pk for p in people}
            by_question = {p.pk for p in people if visible_announcements(p).filter(pk=announcement.pk).exists()}
            assert by_list == by_question


def test_a_kind_that_is_gone_matches_nobody():
    MemberFactory()

    assert not Audience(Scope.EVERYONE, kinds=("999999",)).members().exists()


# --- Who may write ----------------------------------------------------------------------------------
def test_a_plain_member_may_write_nothing():
    member = member_of(SubgroupFactory())

    with pytest.raises(NotYourAudience):
        draft(by=member)


def test_a_group_manager_writes_to_the_own_group_and_no_further():
    own, other = SubgroupFactory(), SubgroupFactory()
    manager = member_of(own, SubgroupRole.MANAGER)

    announcement = draft(by=manager, scope=Scope.GROUPS, subgroups=[own])

    assert numbers(writable_announcements(manager)) == {announcement.pk}
    with pytest.raises(NotYourAudience):
        draft(by=manager, scope=Scope.GROUPS, subgroups=[own, other])
    with pytest.raises(NotYourAudience):
        draft(by=manager)


def test_board_and_group_managers_send_without_any_right_in_the_editor(time_machine):
    subgroup = SubgroupFactory()
    manager = member_of(subgroup, SubgroupRole.MANAGER)

    to_group = published(time_machine, by=manager, scope=Scope.GROUPS, subgroups=[subgroup])
    to_all = published(time_machine, by=member_with(AssociationRole.BOARD))

    assert numbers(visible_announcements(manager)) == {to_group.pk, to_all.pk}


def test_a_group_manager_cannot_change_what_also_goes_elsewhere():
    own, other = SubgroupFactory(), SubgroupFactory()
    manager = member_of(own, SubgroupRole.MANAGER)

    draft(scope=Scope.GROUPS, subgroups=[own, other])
    draft()

    assert numbers(writable_announcements(manager)) == set()


def test_the_database_refuses_a_public_announcement():
    announcement = draft()

    with pytest.raises(IntegrityError):
        AnnouncementPage.objects.filter(pk=announcement.pk).update(scope=Scope.PUBLIC)


# --- Planning and taking back -----------------------------------------------------------------------
def test_a_planned_announcement_appears_at_its_minute_and_not_before(time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 12, 0, tzinfo=AMSTERDAM), tick=False)
    member, manager = MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    announcement = draft(by=manager)
    plan_announcement(announcement=announcement, by=manager, at=datetime(2026, 11, 21, 9, 0, tzinfo=AMSTERDAM))

    time_machine.move_to(datetime(2026, 11, 21, 8, 59, 50, tzinfo=AMSTERDAM), tick=False)
    publish_due()
    before = numbers(visible_announcements(member))
    time_machine.move_to(datetime(2026, 11, 21, 9, 0, 10, tzinfo=AMSTERDAM), tick=False)
    publish_due()

    assert before == set()
    assert numbers(visible_announcements(member)) == {announcement.pk}


@pytest.mark.parametrize(
    ("typed", "utc"),
    [("2027-03-28T09:00", 7), ("2026-10-25T09:00", 8)],
    ids=["first day of summer time", "first day of winter time"],
)
def test_the_clock_of_amsterdam_counts_on_the_days_it_changes(typed, utc):
    form = PlanForm({"at": typed})

    assert form.is_valid()
    assert form.cleaned_data["at"].astimezone(ZoneInfo("UTC")).hour == utc


def test_an_hour_that_does_not_exist_is_refused_on_the_form():
    assert not PlanForm({"at": "2027-03-28T02:30"}).is_valid()


def test_undo_before_sending_makes_it_a_draft_that_never_appears(time_machine):
    member, manager = MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    announcement = draft(by=manager)
    send_announcement(announcement=announcement, by=manager)

    withdraw_announcement(announcement=announcement, by=manager)
    time_machine.shift(3600)
    publish_due()

    assert numbers(visible_announcements(member)) == set()
    assert not Broadcast.objects.exists()


def test_what_is_sent_cannot_be_called_back_or_sent_again(time_machine):
    announcement = published(time_machine)

    with pytest.raises(AlreadySent):
        withdraw_announcement(announcement=announcement, by=announcement.owner)
    with pytest.raises(AlreadySent):
        send_announcement(announcement=announcement, by=announcement.owner)


def test_the_past_and_an_empty_audience_are_refused():
    announcement = draft()
    to_nobody = draft(scope=Scope.GROUPS, subgroups=[SubgroupFactory()])

    with pytest.raises(InThePast):
        plan_announcement(announcement=announcement, by=announcement.owner, at=timezone.now())
    with pytest.raises(NobodyThere):
        send_announcement(announcement=to_nobody, by=to_nobody.owner)


def test_changing_a_planned_announcement_keeps_its_plan(time_machine):
    announcement = draft()
    manager = announcement.owner
    plan_announcement(announcement=announcement, by=manager, at=timezone.now() + timedelta(hours=1))

    change_announcement(announcement=announcement, by=manager, title="Toch open", text="Ja.", scope=Scope.EVERYONE)
    time_machine.shift(3700)
    publish_due()

    assert list(visible_announcements(manager).values_list("title", flat=True)) == ["Toch open"]


def test_joining_between_plan_and_publication_counts(time_machine):
    subgroup = SubgroupFactory()
    member_of(subgroup)
    announcement = draft(scope=Scope.GROUPS, subgroups=[subgroup])
    plan_announcement(announcement=announcement, by=announcement.owner, at=timezone.now() + timedelta(hours=1))

    late = member_of(subgroup)
    time_machine.shift(3700)
    publish_due()
    continue_broadcasts()

    assert Delivery.objects.filter(member=late).exists()


def test_an_expired_announcement_leaves_the_list_at_its_minute(time_machine):
    member = MemberFactory()
    announcement = published(time_machine)
    AnnouncementPage.objects.filter(pk=announcement.pk).update(expire_at=timezone.now() + timedelta(hours=1))

    time_machine.shift(3601)
    publish_due()

    assert numbers(visible_announcements(member)) == set()


# --- Reading ----------------------------------------------------------------------------------------
def test_reading_clears_the_unread_mark_for_this_member_only(time_machine):
    reader, other = MemberFactory(), MemberFactory()
    announcement = published(time_machine)

    read_announcement(announcement=announcement, member=reader)
    read_announcement(announcement=announcement, member=reader)

    assert latest_unread_announcement(reader) is None
    assert latest_unread_announcement(other) == announcement
    assert Reading.objects.count() == 1


def test_opening_the_page_is_reading_it(client, time_machine):
    member = MemberFactory()
    announcement = published(time_machine, title="Botenhuis zaterdag dicht")
    client.force_login(member)

    home = client.get("/").content.decode()
    client.get(announcement.get_absolute_url())
    afterwards = client.get("/").content.decode()

    assert "Botenhuis zaterdag dicht" in home
    assert "Botenhuis zaterdag dicht" not in afterwards


def test_what_is_older_than_the_account_is_not_unread(time_machine):
    published(time_machine)

    newcomer = MemberFactory()

    assert latest_unread_announcement(newcomer) is None
    assert visible_announcements(newcomer).count() == 1


def test_all_can_be_marked_as_read_at_once(time_machine):
    member = MemberFactory()
    published(time_machine)
    published(time_machine)

    read_all_announcements(member=member)

    assert not unread_announcements(member).exists()


def test_reading_in_the_app_drops_the_mail_that_was_waiting(time_machine):
    member = MemberFactory()
    announcement = published(time_machine)
    continue_broadcasts()

    read_announcement(announcement=announcement, member=member)

    assert Delivery.objects.get(member=member).state == Delivery.State.DROPPED


def test_confirming_counts_once_and_only_where_it_was_asked(time_machine):
    member = MemberFactory()
    plain = published(time_machine)
    asked = published(time_machine, acknowledge_by=timezone.localdate() + timedelta(days=7))

    acknowledge(announcement=asked, member=member)
    first = Reading.objects.get(announcement=asked).acknowledged_at
    time_machine.shift(60)
    acknowledge(announcement=asked, member=member)

    assert Reading.objects.get(announcement=asked).acknowledged_at == first
    with pytest.raises(NothingToConfirm):
        acknowledge(announcement=plain, member=member)


def test_the_report_adds_up_to_the_audience(time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    confirmed, seen, mailed, failed, without = (MemberFactory() for _ in range(5))
    announcement = published(time_machine, by=manager, acknowledge_by=timezone.localdate() + timedelta(days=7))
    continue_broadcasts()
    acknowledge(announcement=announcement, member=confirmed)
    read_announcement(announcement=announcement, member=seen)
    Delivery.objects.filter(member=failed).update(state=Delivery.State.FAILED)
    Delivery.objects.filter(member=without).delete()

    report = reach_report(announcement)

    assert (report.acknowledged, report.seen, report.bounced, report.no_channel) == (1, 1, 1, 1)
    assert report.delivered == 2  # the manager and `mailed`
    parts = report.acknowledged + report.seen + report.delivered + report.bounced + report.no_channel
    assert parts == report.audience == announcement.audience.members().count() == 6
    assert mailed.pk


# --- Pins -------------------------------------------------------------------------------------------
def test_the_fourth_pin_is_refused_and_a_pin_lapses_by_itself(time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for _ in range(3):
        published(time_machine, by=manager, pinned_until=tomorrow)

    with pytest.raises(TooManyPins):
        draft(by=manager, pinned_until=tomorrow)
    time_machine.shift(timedelta(days=2))
    published(time_machine, by=manager, pinned_until=timezone.localdate() + timedelta(days=1))


# --- Pages ------------------------------------------------------------------------------------------
def test_who_is_not_in_the_audience_gets_404_and_no_title(client, time_machine):
    subgroup = SubgroupFactory()
    member_of(subgroup)
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup], title="Geheim feest")
    client.force_login(MemberFactory())

    page, listing = client.get(announcement.get_absolute_url()), client.get(reverse("announcements"))
    confirm = client.post(reverse("acknowledge-announcement", args=[announcement.pk]))

    assert page.status_code == confirm.status_code == 404
    assert "Geheim feest" not in listing.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(client, time_machine, django_assert_max_num_queries, count):
    member = MemberFactory()
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    for _ in range(count):
        published(time_machine, by=manager)
    client.force_login(member)
    client.get(reverse("announcements"))

    with django_assert_max_num_queries(LIST_QUERIES):
        client.get(reverse("announcements"))


def test_the_composer_shows_the_number_of_people_that_get_it(client, time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    subgroup = SubgroupFactory()
    for _ in range(3):
        member_of(subgroup)
    client.force_login(manager)
    values = {"title": "Schuren", "text": "Kom helpen.", "scope": "groups", "subgroups": [subgroup.pk]}
    values["reply_mode"] = "none"
    fragment = {"HX-Request": "true", "HX-Target": "audience-size"}

    counted = client.get(reverse("announcement-audience"), values, headers=fragment)
    answer = client.post(reverse("new-announcement"), values)
    announcement = AnnouncementPage.objects.get()
    report = client.get(answer.url).content.decode()
    client.post(reverse("send-announcement", args=[announcement.pk]))
    time_machine.shift(40)
    publish_due()
    continue_broadcasts()

    assert "3 mensen in 1 groep" in counted.content.decode()
    assert "3 mensen in 1 groep" in report
    assert Delivery.objects.values("member").distinct().count() == 3


def test_a_wrong_form_comes_back_with_what_was_typed(client):
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    answer = client.post(reverse("new-announcement"), {"title": "", "text": "Lang verhaal", "scope": "groups"})

    assert answer.status_code == 422
    assert "Lang verhaal" in answer.content.decode()


def test_the_desk_is_for_who_may_announce(client):
    client.force_login(MemberFactory())

    assert client.get(reverse("announcement-desk")).status_code == 403
    assert client.get(reverse("new-announcement")).status_code == 403


def test_a_manager_of_another_group_cannot_open_the_report(client, time_machine):
    announcement = published(time_machine)
    client.force_login(member_of(SubgroupFactory(), SubgroupRole.MANAGER))

    assert client.get(reverse("announcement-report", args=[announcement.pk])).status_code == 404
    assert client.post(reverse("withdraw-announcement", args=[announcement.pk])).status_code == 404


def test_members_text_is_shown_safely(client, time_machine):
    announcement = published(time_machine, text="<script>alert(1)</script> kijk op https://voorbeeld.nl")
    client.force_login(announcement.owner)

    page = client.get(announcement.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="https://voorbeeld.nl"' in page


def test_write_announcement_returns_a_draft_that_nobody_sees():
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)

    announcement = write_announcement(by=manager, title="Nog niet", text="…", scope=Scope.EVERYONE)

    assert not announcement.live
    assert numbers(visible_announcements(manager)) == set()


# --- Replies ----------------------------------------------------------------------------------------
def test_without_replies_there_is_no_field_and_the_address_refuses(client, time_machine):
    member = MemberFactory()
    announcement = published(time_machine)
    client.force_login(member)
    address = reverse("reply-announcement", args=[announcement.pk])

    page = client.get(announcement.get_absolute_url()).content.decode()
    answer = client.post(address, {"text": "Mag ik toch iets zeggen?"})

    assert address not in page
    assert answer.status_code == 422
    assert not Reply.objects.exists()


def test_a_reply_goes_to_the_senders_and_to_nobody_else(client, time_machine):
    member, other = MemberFactory(), MemberFactory()
    announcement = published(time_machine, reply_mode=AnnouncementPage.ReplyMode.MANAGERS)
    client.force_login(member)

    client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Ik kom helpen"})
    own = client.get(announcement.get_absolute_url()).content.decode()
    client.force_login(other)
    others = client.get(announcement.get_absolute_url()).content.decode()
    client.force_login(announcement.owner)
    report = client.get(reverse("announcement-report", args=[announcement.pk])).content.decode()

    assert "Ik kom helpen" in own and "Ik kom helpen" in report
    assert "Ik kom helpen" not in others
    assert list(Notice.objects.values_list("member", "kind")) == [(announcement.owner_id, "announcement-reply")]


def test_who_is_not_in_the_audience_cannot_reply(client, time_machine):
    subgroup = SubgroupFactory()
    member_of(subgroup)
    announcement = published(
        time_machine, scope=Scope.GROUPS, subgroups=[subgroup], reply_mode=AnnouncementPage.ReplyMode.MANAGERS
    )
    client.force_login(MemberFactory())

    assert client.post(reverse("reply-announcement", args=[announcement.pk]), {"text": "Hoi"}).status_code == 404


def test_after_two_years_nobody_knows_who_opened_it_and_it_does_not_turn_unread_again(time_machine):
    reader = MemberFactory()
    announcement = published(time_machine)
    read_announcement(announcement=announcement, member=reader)
    set_term(by=None, rule=retention_rule("readings"), days=30)

    time_machine.shift(timedelta(days=360))
    wipe_all()
    assert Reading.objects.filter(member=reader).exists()
    time_machine.shift(timedelta(days=10))
    wipe_all()

    assert not Reading.objects.filter(member=reader).exists()
    assert not unread_announcements(reader).exists()
