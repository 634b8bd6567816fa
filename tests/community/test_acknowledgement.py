"""“I have read this”: who is open, whom a reminder reaches, and letters for who is reached by nothing else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.errors import NobodyLeftToNudge, NothingToConfirm, NudgedLately
from community.pages.letters import letters_csv, letters_pdf
from community.pages.models import Broadcast
from community.pages.queries import for_letters, in_parts, open_members, reach_report
from community.pages.services import acknowledge, continue_broadcasts, nudge, read_announcement
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.budget import HAD_ONE_TODAY, WEEK_IS_FULL
from notifications.models import Bounce, Delivery
from notifications.services import report_bounce, send_all_due
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import published
from tests.papers import words_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


@pytest.fixture
def asked(time_machine):
    """An announcement that asks to confirm, for a group of three: the manager and two members."""
    subgroup = SubgroupFactory()
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    member_of(subgroup, first_name="Wessel")
    member_of(subgroup, first_name="Yvet")
    announcement = published(
        time_machine, by=manager, scope=Scope.GROUPS, subgroups=[subgroup], title="Nieuw slot",
        acknowledge_by=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    continue_broadcasts()
    return announcement


def first_of(announcement, name):
    return announcement.audience.members().get(first_name=name)


def nudged():
    return set(Delivery.objects.filter(kind="announcement-nudge").values_list("member", flat=True))


def test_a_reminder_reaches_only_who_has_not_confirmed(asked):
    wessel, yvet = first_of(asked, "Wessel"), first_of(asked, "Yvet")
    acknowledge(announcement=asked, member=asked.owner)
    acknowledge(announcement=asked, member=wessel)

    nudge(announcement=asked, by=asked.owner)
    continue_broadcasts()

    assert nudged() == {yvet.pk}
    assert Broadcast.objects.get(number=1).told == 1


def test_who_only_opened_it_is_reminded_too(asked):
    yvet = first_of(asked, "Yvet")
    read_announcement(announcement=asked, member=yvet)

    nudge(announcement=asked, by=asked.owner)
    continue_broadcasts()

    assert yvet.pk in nudged()


def test_confirming_stops_a_reminder_that_was_waiting(asked, mailoutbox):
    yvet = first_of(asked, "Yvet")
    send_all_due()
    nudge(announcement=asked, by=asked.owner)
    continue_broadcasts()
    mailoutbox.clear()

    acknowledge(announcement=asked, member=yvet)
    send_all_due()

    assert yvet.email not in [mail.to[0] for mail in mailoutbox]


def test_reminding_has_its_limits(asked, time_machine):
    nudge(announcement=asked, by=asked.owner)
    with pytest.raises(NudgedLately):
        nudge(announcement=asked, by=asked.owner)
    for _ in range(2):
        time_machine.shift(timedelta(hours=21))
        nudge(announcement=asked, by=asked.owner)
    time_machine.shift(timedelta(hours=21))

    with pytest.raises(NudgedLately):
        nudge(announcement=asked, by=asked.owner)


def test_nothing_to_confirm_and_nobody_left(asked, time_machine):
    for member in asked.audience.members():
        acknowledge(announcement=asked, member=member)

    with pytest.raises(NobodyLeftToNudge):
        nudge(announcement=asked, by=asked.owner)
    with pytest.raises(NothingToConfirm):
        nudge(announcement=published(time_machine), by=asked.owner)


def test_the_card_waits_until_it_is_confirmed(asked, client):
    yvet = first_of(asked, "Yvet")
    client.force_login(yvet)

    before = [card.key for card in client.get("/").context["cards"]]
    client.get(asked.get_absolute_url())
    opened = [card.key for card in client.get("/").context["cards"]]
    client.post(reverse("acknowledge-announcement", args=[asked.pk]))
    confirmed = [card.key for card in client.get("/").context["cards"]]

    assert asked.key in before and asked.key in opened
    assert asked.key not in confirmed


def test_open_names_are_for_who_sends_to_this_audience_only(asked, client):
    acknowledge(announcement=asked, member=first_of(asked, "Wessel"))
    address = reverse("announcement-open-names", args=[asked.pk])

    client.force_login(asked.owner)
    names = client.get(address).content.decode()
    client.force_login(first_of(asked, "Yvet"))
    to_member = client.get(address)
    client.force_login(member_of(SubgroupFactory(), SubgroupRole.MANAGER))
    to_other_manager = client.get(address)

    assert "Yvet" in names and "Wessel" not in names
    assert (to_member.status_code, to_other_manager.status_code) == (403, 404)
    assert open_members(asked).count() == 2


def test_the_report_shows_mail_that_came_back_and_offers_letters(asked, client):
    yvet = first_of(asked, "Yvet")
    Delivery.objects.update(state=Delivery.State.SENT)
    delivery = Delivery.objects.get(member=yvet, channel="mail")
    Bounce.objects.create(member=yvet, address=yvet.email, reference=f"delivery:{delivery.pk}", reason="vol")
    log_in_freshly(client, asked.owner)

    report = reach_report(asked)
    page = client.get(reverse("announcement-report", args=[asked.pk])).content.decode()
    csv = client.get(reverse("announcement-letters-csv", args=[asked.pk]))
    pdf = client.get(reverse("announcement-letters-pdf", args=[asked.pk]))

    assert (report.delivered, report.bounced, report.audience) == (2, 1, 3)
    assert reverse("announcement-letters-pdf", args=[asked.pk]) in page
    assert "Yvet" in csv.content.decode("utf-8-sig") and "Wessel" not in csv.content.decode("utf-8-sig")
    assert pdf.content.startswith(b"%PDF")


def test_who_gets_no_mail_since_it_came_back_three_times_gets_a_letter(asked):
    yvet = first_of(asked, "Yvet")
    for number in range(3):
        report_bounce(address=yvet.email, reference=f"r{number}")
    send_all_due()

    report = reach_report(asked)

    assert (report.delivered, report.bounced, report.no_channel) == (2, 1, 0)
    assert list(for_letters(asked)) == [yvet]


@pytest.mark.parametrize(
    ("why", "part"), [("", "no_channel"), (WEEK_IS_FULL, "delivered"), (HAD_ONE_TODAY, "delivered")]
)
def test_what_was_dropped_counts_as_sent_only_when_the_summary_brings_it(asked, why, part):
    yvet = first_of(asked, "Yvet")
    Delivery.objects.filter(member=yvet).update(state=Delivery.State.DROPPED, error=why)

    assert in_parts(asked).get(pk=yvet.pk).part == part
    assert reach_report(asked).audience == 3


def test_reading_in_the_app_ends_the_ladder(asked):
    yvet = first_of(asked, "Yvet")
    Delivery.objects.filter(member=yvet).update(state=Delivery.State.FAILED)

    before = list(for_letters(asked))
    read_announcement(announcement=asked, member=yvet)

    assert before == [yvet]
    assert list(for_letters(asked)) == []


def test_a_name_cannot_compute_in_a_spreadsheet(asked):
    member = first_of(asked, "Yvet")
    member.first_name, member.part = "=HYPERLINK(1)", "no_channel"

    assert "'=HYPERLINK(1)" in letters_csv(asked, [member]).decode("utf-8-sig")


def test_names_from_everywhere_can_be_printed(asked):
    member = first_of(asked, "Yvet")
    member.first_name, member.last_name = "Yıldız", "Łukaszewska 李"

    assert "Yıldız Łukaszewska ?" in words_on(letters_pdf(asked, [member]))


def test_the_database_numbers_each_walk_once(asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        Broadcast.objects.create(announcement=asked, number=0)


def test_the_board_page_of_a_big_audience_asks_few_questions(client, time_machine, django_assert_max_num_queries):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    for _ in range(5):
        MemberFactory()
    announcement = published(time_machine, by=manager, acknowledge_by=timezone.localdate())
    client.force_login(manager)
    client.get(reverse("announcement-report", args=[announcement.pk]))

    with django_assert_max_num_queries(32):
        client.get(reverse("announcement-report", args=[announcement.pk]))
