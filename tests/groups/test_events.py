"""The agenda: who sees it, who comes, who waits, what calendar programs get, and the clock of Amsterdam."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from groups.events.access import visible_events
from groups.events.errors import AnswersClosed, CodeNotValidNow, EventCancelled, NotYourAgenda, WrongCode
from groups.events.forms import EventForm
from groups.events.ical import calendar_of
from groups.events.models import Answer, CalendarFeed, Event, Series
from groups.events.queries import by_day, to_answer, upcoming, with_answers
from groups.events.services import (
    answer_event,
    attend,
    cancel_event,
    change_event,
    make_feed,
    plan_event,
    revoke_feed,
)
from groups.events.words import when
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member, archive_subgroup, end_membership
from notifications.models import Delivery, Notice
from notifications.reminders import queue_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
Choice = Answer.Choice


def amsterdam(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


def planned(subgroup=None, by=None, **fields):
    subgroup = subgroup or SubgroupFactory()
    by = by or member_of(subgroup, SubgroupRole.MANAGER)
    start = fields.pop("starts_at", timezone.now() + timedelta(days=3))
    fields.setdefault("ends_at", start + timedelta(hours=2))
    return plan_event(by=by, subgroup=subgroup, title=fields.pop("title", "Training"), starts_at=start, **fields)


def ids(events):
    return set(events.values_list("pk", flat=True))


# --- Who sees it ------------------------------------------------------------------------------------
def test_events_of_a_group_are_for_its_members_now_and_those_of_the_association_for_everybody():
    subgroup = SubgroupFactory()
    member, outsider, guest = member_of(subgroup), MemberFactory(), MemberFactory(enrolled=False)
    own = planned(subgroup)
    everybodys = plan_event(
        by=member_with(AssociationRole.BOARD), subgroup=None, title="Open dag", starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip

    assert ids(visible_events(member)) == {own.pk, everybodys.pk}
    assert ids(visible_events(outsider)) == {everybodys.pk}
    assert ids(visible_events(guest)) == set()


def test_who_left_or_whose_group_has_no_agenda_sees_nothing_and_an_archived_group_is_read_back_only(client):
    leaver_group, archived, without = SubgroupFactory(), SubgroupFactory(), SubgroupFactory()
    member = member_of(leaver_group)
    for subgroup in (archived, without):
        add_member(subgroup=subgroup, member=member)
    events = [planned(subgroup) for subgroup in (leaver_group, archived, without)]

    end_membership(subgroup=leaver_group, member=member)
    archive_subgroup(subgroup=archived)
    without.modules = ["chat"]
    without.save()
    client.force_login(member)

    left, kept, off = events
    assert ids(visible_events(member)) == {kept.pk}
    assert client.post(reverse("answer-event", args=[kept.pk]), {"choice": "yes"}).status_code == 422
    assert not kept.answers.exists()
    for event in (left, off):
        for name in ("event", "event-ics"):
            assert client.get(reverse(name, args=[event.pk])).status_code == 404
        assert client.post(reverse("answer-event", args=[event.pk]), {"choice": "yes"}).status_code == 404
    assert client.get(reverse("subgroup-agenda", args=[without.slug])).status_code == 404


def test_only_who_may_plan_plans():
    subgroup = SubgroupFactory()

    with pytest.raises(NotYourAgenda):
        planned(subgroup, by=member_of(subgroup))
    with pytest.raises(NotYourAgenda):
        plan_event(
            by=member_of(subgroup, SubgroupRole.MANAGER), subgroup=None, title="x", starts_at=timezone.now(),
            ends_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip


def test_the_buttons_of_the_organiser_are_refused_to_others(client):
    event = planned()
    client.force_login(member_of(event.subgroup))

    assert client.get(reverse("edit-event", args=[event.pk])).status_code == 403
    assert client.post(reverse("cancel-event", args=[event.pk])).status_code == 403
    assert client.get(reverse("new-subgroup-event", args=[event.subgroup.slug])).status_code == 403
    assert event.code not in client.get(event.get_absolute_url()).content.decode()


# --- Answers and the line ---------------------------------------------------------------------------
def test_place_31_of_30_goes_to_the_waiting_list():
    event = planned(capacity=30)
    people = [member_of(event.subgroup) for _ in range(31)]

    answers = [answer_event(event=event, member=member, choice=Choice.YES) for member in people]

    assert [answer.is_waiting for answer in answers] == [False] * 30 + [True]


def test_a_cancellation_lets_the_first_in_line_in_and_tells_them_in_app_and_mail():
    event = planned(capacity=1)
    comes, first, second = (member_of(event.subgroup) for _ in range(3))
    for member in (comes, first, second):
        answer_event(event=event, member=member, choice=Choice.YES)

    answer_event(event=event, member=comes, choice=Choice.NO)

    assert not Answer.objects.get(member=first).is_waiting
    assert Answer.objects.get(member=second).is_waiting
    assert list(Notice.objects.values_list("member", "kind")) == [(first.pk, "event-place")]
    assert Delivery.objects.filter(member=first, kind="event-place", channel="mail").count() == 1


def test_answering_the_same_again_keeps_the_place_in_line():
    event = planned(capacity=1)
    comes, first, second = (member_of(event.subgroup) for _ in range(3))
    for member in (comes, first, second, first):
        answer_event(event=event, member=member, choice=Choice.YES, remark="ik kom op de fiets")

    answer_event(event=event, member=comes, choice=Choice.MAYBE)

    assert not Answer.objects.get(member=first).is_waiting


def test_more_places_let_more_in():
    event = planned(capacity=1)
    people = [member_of(event.subgroup) for _ in range(3)]
    for member in people:
        answer_event(event=event, member=member, choice=Choice.YES)

    change_event(event=event, by=event.created_by, capacity=2)

    assert [Answer.objects.get(member=member).is_waiting for member in people] == [False, False, True]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_at_once_for_the_last_place_give_one_place_and_one_in_line():
    event = planned(capacity=1)
    people = [member_of(event.subgroup) for _ in range(4)]

    results = at_once(
        *(lambda member=member: answer_event(event=event, member=member, choice=Choice.YES) for member in people)
    )

    assert sorted(answer.is_waiting for answer in results) == [False, True, True, True]


def test_after_the_deadline_and_after_cancelling_nobody_answers(time_machine):
    time_machine.move_to(amsterdam(2026, 11, 20, 12))
    late = planned(starts_at=amsterdam(2026, 11, 25, 20), answer_by=amsterdam(2026, 11, 23, 23, 59))
    gone = planned(starts_at=amsterdam(2026, 11, 25, 20))
    cancel_event(event=gone, by=gone.created_by)
    time_machine.move_to(amsterdam(2026, 11, 24, 0, 1))

    for event in (late, gone):
        with pytest.raises(AnswersClosed):
            answer_event(event=event, member=member_of(event.subgroup), choice=Choice.YES)
    with pytest.raises(EventCancelled):
        change_event(event=gone, by=gone.created_by, title="Toch")


def test_the_guest_list_follows_the_choice(client):
    event = planned(guest_list=Event.GuestList.COUNT)
    guest = member_of(event.subgroup, first_name="Quirijn")
    answer_event(event=event, member=guest, choice=Choice.YES)

    client.force_login(member_of(event.subgroup))
    to_member = client.get(event.get_absolute_url()).content.decode()
    client.force_login(event.created_by)
    to_organiser = client.get(event.get_absolute_url()).content.decode()

    assert "Quirijn" not in to_member
    assert "Quirijn" in to_organiser


# --- Being told -------------------------------------------------------------------------------------
def test_who_comes_is_reminded_once_the_day_before_and_who_does_not_is_not(time_machine):
    time_machine.move_to(amsterdam(2026, 11, 20, 12))
    event = planned(starts_at=amsterdam(2026, 11, 25, 20))
    comes, declines = member_of(event.subgroup), member_of(event.subgroup)
    answer_event(event=event, member=comes, choice=Choice.YES)
    answer_event(event=event, member=declines, choice=Choice.NO)

    time_machine.move_to(amsterdam(2026, 11, 24, 19, 0))
    early = queue_due()
    time_machine.move_to(amsterdam(2026, 11, 24, 20, 30))

    assert (early, queue_due(), queue_due()) == (0, 1, 0)
    assert Notice.objects.get().member == comes


@pytest.mark.parametrize(
    ("event_day", "day_before"),
    [((2026, 10, 25), (2026, 10, 24)), ((2027, 3, 28), (2027, 3, 27))],
)
def test_a_day_before_is_the_same_hour_of_the_clock_also_when_the_clocks_change(time_machine, event_day, day_before):
    time_machine.move_to(amsterdam(*day_before, 0) - timedelta(days=3))
    event = planned(starts_at=amsterdam(*event_day, 10))
    answer_event(event=event, member=member_of(event.subgroup), choice=Choice.YES)

    time_machine.move_to(amsterdam(*day_before, 9, 59))
    early = queue_due()
    time_machine.move_to(amsterdam(*day_before, 10, 0))

    assert (early, queue_due(), queue_due()) == (0, 1, 0)


def test_two_hours_before_is_two_real_hours_in_the_night_of_the_change(time_machine):
    time_machine.move_to(amsterdam(2026, 10, 20, 12))
    event = planned(starts_at=amsterdam(2026, 10, 25, 4), remind_hours=2)  # 03:00 UTC
    answer_event(event=event, member=member_of(event.subgroup), choice=Choice.YES)

    time_machine.move_to(datetime(2026, 10, 25, 0, 59, tzinfo=ZoneInfo("UTC")))
    early = queue_due()
    time_machine.move_to(datetime(2026, 10, 25, 1, 0, tzinfo=ZoneInfo("UTC")))

    assert (early, queue_due()) == (0, 1)


def test_a_new_time_is_told_to_guests_and_a_new_text_is_not():
    event = planned()
    guest = member_of(event.subgroup)
    answer_event(event=event, member=guest, choice=Choice.YES)

    event = change_event(event=event, by=event.created_by, description="Neem lampen mee")
    quiet = Notice.objects.count()
    change_event(
        event=event, by=event.created_by, starts_at=event.starts_at + timedelta(hours=1),
        ends_at=event.ends_at + timedelta(hours=1),
    )  # fmt: skip

    assert quiet == 0
    assert list(Notice.objects.values_list("member", "kind")) == [(guest.pk, "event-changed")]


def test_cancelling_is_told_once_and_logged():
    event = planned()
    guest = member_of(event.subgroup)
    answer_event(event=event, member=guest, choice=Choice.MAYBE)

    cancel_event(event=event, by=event.created_by)
    cancel_event(event=event, by=event.created_by)

    assert list(Notice.objects.values_list("member", "kind", "count")) == [(guest.pk, "event-cancelled", 1)]


def test_what_asks_an_answer_waits_for_who_did_not_give_one():
    event = planned(answer_by=timezone.now() + timedelta(days=2))
    member = member_of(event.subgroup)

    before = ids(to_answer(member))
    answer_event(event=event, member=member, choice=Choice.NO)

    assert before == {event.pk}
    assert ids(to_answer(member)) == set()


# --- Being there ------------------------------------------------------------------------------------
def test_the_code_works_in_its_window_only(time_machine):
    time_machine.move_to(amsterdam(2026, 11, 20, 12))
    event = planned(starts_at=amsterdam(2026, 11, 25, 20))
    member = member_of(event.subgroup)

    with pytest.raises(CodeNotValidNow):
        attend(event=event, member=member, code=event.code)
    time_machine.move_to(amsterdam(2026, 11, 25, 19, 45), tick=False)
    with pytest.raises(WrongCode):
        attend(event=event, member=member, code="NEE")
    answer = attend(event=event, member=member, code=f" {event.code.lower()} ")
    time_machine.move_to(amsterdam(2026, 11, 25, 22, 31))
    with pytest.raises(CodeNotValidNow):
        attend(event=event, member=member, code=event.code)

    assert answer.attended_at == amsterdam(2026, 11, 25, 19, 45)


# --- Time -------------------------------------------------------------------------------------------
def test_a_weekly_series_keeps_its_hour_across_the_change_of_clocks():
    planned(
        starts_at=amsterdam(2027, 3, 23, 19), ends_at=amsterdam(2027, 3, 23, 21), rhythm=Series.Rhythm.WEEKLY,
        until=date(2027, 4, 6),
    )  # fmt: skip

    local = [timezone.localtime(event.starts_at) for event in Event.objects.order_by("starts_at")]

    assert [(moment.date(), moment.hour) for moment in local] == [
        (date(2027, 3, 23), 19),
        (date(2027, 3, 30), 19),
        (date(2027, 4, 6), 19),
    ]
    assert [moment.utcoffset() for moment in local] == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=2)]


def test_a_monthly_series_keeps_its_weekday_and_takes_the_last_when_there_is_no_fifth():
    planned(
        starts_at=amsterdam(2026, 12, 29, 20), ends_at=amsterdam(2026, 12, 29, 22), rhythm=Series.Rhythm.MONTHLY,
        until=date(2027, 4, 1),
    )  # fmt: skip

    days = [event.first_day for event in Event.objects.order_by("starts_at")]

    assert days == [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23), date(2027, 3, 30)]


def test_one_occurrence_is_skipped_and_the_series_survives_its_maker():
    event = planned(rhythm=Series.Rhythm.WEEKLY, until=timezone.localdate() + timedelta(days=20))
    maker = event.created_by

    cancel_event(event=event, by=maker)
    others = Event.objects.exclude(pk=event.pk)
    maker.delete()

    assert others.count() == 2
    assert set(others.values_list("created_by", "cancelled_at")) == {(None, None)}


def form(**values):
    data = {"title": "Tocht", "first_day": "2027-03-28", "guest_list": "names", **values}
    return EventForm(data)


def test_whole_days_run_from_midnight_to_midnight_also_on_a_day_of_23_hours():
    filled = form(is_all_day="on", last_day="2027-03-29")

    assert filled.is_valid(), filled.errors
    assert filled.planned()["starts_at"] == amsterdam(2027, 3, 28)
    assert filled.planned()["ends_at"] == amsterdam(2027, 3, 30)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"start": "02:30", "end": "04:00"}, "start"),
        ({"first_day": "2026-10-25", "start": "02:30", "end": "04:00"}, "start"),
        ({"start": "20:00", "end": "19:00"}, "end"),
        ({"start": "20:00"}, "start"),
        ({"start": "20:00", "end": "22:00", "rhythm": "weekly"}, "until"),
    ],
    ids=["hour that is skipped", "hour that comes twice", "end before start", "no end", "rhythm without end"],
)
def test_impossible_times_are_refused_on_their_field(values, field):
    assert field in form(**values).errors


def test_the_words_say_when():
    evening = Event(starts_at=amsterdam(2026, 12, 4, 20), ends_at=amsterdam(2026, 12, 4, 22))
    weekend = Event(starts_at=amsterdam(2026, 12, 12), ends_at=amsterdam(2026, 12, 14), is_all_day=True)

    assert when(evening) == "vr 4 dec, 20.00–22.00"
    assert weekend.last_day == date(2026, 12, 13)


def test_what_began_yesterday_stands_under_today():
    planned(starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now() + timedelta(days=1))

    days = by_day(upcoming(Event.objects.all()))

    assert [day.day for day in days] == [timezone.localdate()]


# --- Calendar programs ------------------------------------------------------------------------------
def unfolded(raw: bytes) -> list[str]:
    """A second reader, by the letter of RFC 5545 3.1: lines end in CRLF, a leading blank continues the line before."""
    return raw.decode().replace("\r\n ", "").split("\r\n")


def test_the_file_is_read_back_by_two_readers():
    event = planned(
        title="Vergadering; met komma, en punt", description="Regel een\nRegel twee", place="Clubhuis",
        starts_at=amsterdam(2027, 3, 28, 20), ends_at=amsterdam(2027, 3, 28, 22),
    )  # fmt: skip

    raw = calendar_of([event])
    calendar, lines = Calendar.from_ical(raw), unfolded(raw)
    entry = calendar.walk("VEVENT")[0]

    assert entry.decoded("dtstart") == amsterdam(2027, 3, 28, 20)
    assert str(entry["summary"]) == "Vergadering; met komma, en punt"
    assert str(entry["description"]) == "Regel een\nRegel twee"
    assert "DTSTART;TZID=Europe/Amsterdam:20270328T200000" in lines
    assert "DTEND;TZID=Europe/Amsterdam:20270328T220000" in lines
    assert "SUMMARY:Vergadering\\; met komma\\, en punt" in lines
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == ""
    assert calendar.walk("VTIMEZONE")[0]["tzid"] == "Europe/Amsterdam"
    assert f"UID:event-{event.pk}@localhost" in lines


def test_a_program_of_others_reads_the_same_event_and_whole_days():
    training = planned(
        title="Training; binnen, of buiten?", description="Regel een\nRegel twee", place="Clubhuis",
        starts_at=amsterdam(2027, 3, 28, 20), ends_at=amsterdam(2027, 3, 28, 22),
    )  # fmt: skip
    camp = planned(
        title="Kamp", is_all_day=True, starts_at=amsterdam(2027, 7, 1), ends_at=amsterdam(2027, 7, 4),
    )  # fmt: skip
    cancel_event(event=camp, by=camp.created_by)
    camp.refresh_from_db()

    read = vobject.readOne(calendar_of([training, camp]).decode())

    first, second = read.vevent_list
    assert read.vtimezone.tzid.value == "Europe/Amsterdam"
    assert first.summary.value == "Training; binnen, of buiten?"
    assert first.description.value == "Regel een\nRegel twee"
    assert first.dtstart.value.isoformat() == "2027-03-28T20:00:00+02:00"
    assert first.dtend.value.utcoffset() == timedelta(hours=2)
    assert (second.dtstart.value, second.dtend.value) == (date(2027, 7, 1), date(2027, 7, 4))
    assert (second.status.value, second.sequence.value) == ("CANCELLED", str(camp.revision))
    assert first.uid.value != second.uid.value


def test_whole_days_are_dates_with_the_end_not_included():
    event = planned(is_all_day=True, starts_at=amsterdam(2027, 3, 27), ends_at=amsterdam(2027, 3, 29))

    lines = unfolded(calendar_of([event]))

    assert "DTSTART;VALUE=DATE:20270327" in lines
    assert "DTEND;VALUE=DATE:20270329" in lines


def test_a_change_raises_the_sequence_and_cancelling_says_so():
    event = planned()
    changed = change_event(event=event, by=event.created_by, title="Anders")
    cancel_event(event=changed, by=event.created_by)

    lines = unfolded(calendar_of(Event.objects.all()))

    assert "SEQUENCE:2" in lines
    assert "STATUS:CANCELLED" in lines


def test_the_feed_holds_what_its_owner_may_see_and_ends_at_once(client):
    event, other = planned(title="Eigen training"), planned(title="Andere groep")
    member = member_of(event.subgroup)
    token = make_feed(member=member)
    address = reverse("calendar-ics", args=[token])

    first = client.get(address)
    end_membership(subgroup=event.subgroup, member=member)
    after_leaving = client.get(address).content.decode()
    revoke_feed(member=member)
    after_revoking = client.get(address)

    assert "Eigen training" in first.content.decode()
    assert other.title not in first.content.decode()
    assert first["Content-Type"].startswith("text/calendar")
    assert "no-store" in first["Cache-Control"]
    assert "Eigen training" not in after_leaving
    assert after_revoking.status_code == 404


def test_a_new_address_ends_the_old_one_and_no_token_is_kept(client):
    member = MemberFactory()
    old, new = make_feed(member=member), make_feed(member=member)

    assert client.get(reverse("calendar-ics", args=[old])).status_code == 404
    assert client.get(reverse("calendar-ics", args=[new])).status_code == 200
    assert CalendarFeed.objects.filter(fingerprint__in=[old, new]).count() == 0


def test_a_switched_off_account_has_no_feed(client):
    member = MemberFactory()
    token = make_feed(member=member)
    member.is_active = False
    member.save()

    assert client.get(reverse("calendar-ics", args=[token])).status_code == 404


# --- Pages ------------------------------------------------------------------------------------------
def test_the_pages_open_and_answering_works_without_javascript(client):
    event = planned(title="Voorbespreking")
    member = member_of(event.subgroup)
    client.force_login(member)

    agenda = client.get(reverse("agenda")).content.decode()
    group = client.get(reverse("subgroup-agenda", args=[event.subgroup.slug])).content.decode()
    answered = client.post(
        reverse("answer-event", args=[event.pk]), {"choice": "yes", "remark": "Met auto"}, follow=True
    )

    assert "Voorbespreking" in agenda and "Voorbespreking" in group
    assert answered.status_code == 200
    assert Answer.objects.get().remark == "Met auto"


def test_planning_by_the_form(client):
    subgroup = SubgroupFactory()
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))
    address = reverse("new-subgroup-event", args=[subgroup.slug])
    values = {"title": "Feest", "first_day": "2030-06-01", "start": "20:00", "end": "23:00", "guest_list": "names"}

    wrong = client.post(address, {**values, "end": "19:00"})
    right = client.post(address, values)

    assert wrong.status_code == 422
    assert "Feest" in wrong.content.decode()
    assert right.status_code == 302
    assert Event.objects.get().starts_at == amsterdam(2030, 6, 1, 20)


@pytest.mark.parametrize("count", [1, 3])
def test_the_agenda_asks_a_fixed_number_of_questions(client, django_assert_max_num_queries, count):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    for _ in range(count):
        answer_event(event=planned(subgroup), member=member, choice=Choice.YES)
    client.force_login(member)
    client.get(reverse("agenda"))

    with django_assert_max_num_queries(24):
        client.get(reverse("agenda"))


def test_numbers_of_answers():
    event = planned(capacity=1)
    first, second, third = (member_of(event.subgroup) for _ in range(3))
    answer_event(event=event, member=first, choice=Choice.YES)
    answer_event(event=event, member=second, choice=Choice.YES)
    answer_event(event=event, member=third, choice=Choice.MAYBE)

    row = with_answers(Event.objects.all(), second).get()

    assert (row.going, row.waiting, row.maybe, row.my_choice) == (1, 1, 1, "yes")
    assert row.my_waiting


# --- The database -----------------------------------------------------------------------------------
def test_the_database_refuses_impossible_events_and_answers():
    event = planned()
    member = member_of(event.subgroup)
    answer_event(event=event, member=member, choice=Choice.NO)

    for change in ({"ends_at": event.starts_at}, {"capacity": 0}, {"answer_by": event.ends_at + timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(waiting_since=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(event=event, member=member, choice=Choice.YES)
