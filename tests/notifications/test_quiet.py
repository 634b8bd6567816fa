"""Hours in the member's own wall clock, also on the two Sundays on which it jumps."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import NoticeSettings
from notifications.quiet import after_quiet, next_digest


def hours(**fields):
    defaults = {"quiet_from": time(22), "quiet_until": time(7), "zone": "Europe/Amsterdam"}
    return NoticeSettings(**(defaults | fields))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (utc(2026, 7, 1, 12), utc(2026, 7, 1, 12)),
        (utc(2026, 7, 1, 20), utc(2026, 7, 2, 5)),  # 22:00 in summer
        (utc(2026, 7, 1, 19, 59), utc(2026, 7, 1, 19, 59)),
        (utc(2026, 7, 2, 4, 59), utc(2026, 7, 2, 5)),
        (utc(2026, 7, 2, 5), utc(2026, 7, 2, 5)),
        (utc(2026, 3, 28, 22), utc(2026, 3, 29, 5)),  # the night the clock goes forward: 07:00 is 05:00 UTC
        (utc(2026, 10, 24, 22), utc(2026, 10, 25, 6)),  # the night it goes back: 07:00 is 06:00 UTC
    ],
)
def test_the_quiet_night_ends_at_seven_by_the_members_clock(moment, expected):
    assert after_quiet(moment, hours()) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1, 30)),  # 02:30 does not exist: it becomes 03:30
        (utc(2026, 10, 25, 0, 10), utc(2026, 10, 25, 0, 30)),  # 02:10 the first time
        (utc(2026, 10, 25, 1, 10), utc(2026, 10, 25, 1, 10)),  # 02:10 the second time: it was over already
    ],
)
def test_an_end_inside_the_hour_that_jumps_is_reached_once(moment, expected):
    assert after_quiet(moment, hours(quiet_until=time(2, 30))) == expected


def test_the_same_hour_twice_means_no_quiet_hours():
    assert after_quiet(utc(2026, 7, 1, 23), hours(quiet_until=time(22))) == utc(2026, 7, 1, 23)


def test_a_quiet_weekend_lasts_until_monday_morning():
    friday_night, saturday = utc(2026, 7, 3, 21), utc(2026, 7, 4, 12)

    assert after_quiet(friday_night, hours(quiet_weekend=True)) == utc(2026, 7, 6, 5)
    assert after_quiet(saturday, hours(quiet_weekend=True)) == utc(2026, 7, 6, 5)


def test_hours_hold_in_the_members_own_zone():
    assert after_quiet(utc(2026, 7, 1, 2), hours(zone="America/Curacao")) == utc(2026, 7, 1, 11)


@given(
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-12-31")),
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    st.times().map(lambda clock: clock.replace(second=0, microsecond=0)),
    st.booleans(),
)
def test_the_end_of_quiet_hours_is_never_before_and_never_quiet_itself(moment, start, end, weekend):
    moment, wishes = moment.replace(tzinfo=UTC), hours(quiet_from=start, quiet_until=end, quiet_weekend=weekend)

    later = after_quiet(moment, wishes)

    assert moment <= later <= moment + timedelta(days=4)
    assert after_quiet(later, wishes) == later


def test_the_daily_summary_comes_at_the_chosen_hour_on_the_days_the_clock_jumps_too():
    wishes = hours(digest="daily", digest_hour=8)

    assert next_digest(utc(2026, 3, 28, 7), wishes) == utc(2026, 3, 29, 6)
    assert next_digest(utc(2026, 10, 24, 6), wishes) == utc(2026, 10, 25, 7)


def test_the_weekly_summary_comes_on_the_chosen_day_and_who_wants_none_gets_none():
    assert next_digest(utc(2026, 7, 1, 12), hours(digest="weekly", digest_hour=8, digest_weekday=0)) == utc(
        2026, 7, 6, 6
    )
    assert next_digest(utc(2026, 7, 6, 6), hours(digest="weekly", digest_hour=8, digest_weekday=0)) == utc(
        2026, 7, 13, 6
    )
    assert next_digest(utc(2026, 7, 1, 12), hours(digest="never")) is None
