"""What a member owes: the rules of finance.md §4.6 as properties, and the amounts that people can check by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.fees.calculation import (
    DAY,
    EXEMPT,
    FIXED,
    LESS,
    MONTH,
    NONE,
    PERCENT,
    Grant,
    Person,
    Plan,
    Stay,
    Tier,
    charges,
    half_up,
)  # fmt: skip
from finance.fees.calendar import Period, add_months, months_left, period_at, periods_starting_between

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
days = st.dates(date(2018, 1, 1), date(2034, 12, 31))
rhythms = st.sampled_from([1, 3, 6, 12])


def plan(cents=120_00, **fields):
    values = {"id": 1, "kind_id": 1, "anchor": date(2020, 1, 1), "months": 12, "starts_on": date(2010, 1, 1)}
    tiers = fields.pop("tiers", (Tier(1, date(2010, 1, 1), cents),))
    return Plan(**{**values, "proration": DAY, "tiers": tiers, **fields})


def person(*stays, **fields):
    return Person(7, tuple(Stay(number, kind, *days) for number, (kind, *days) in enumerate(stays, start=1)), **fields)


def amounts(who, *plans, span=YEAR, sort="fee"):
    return [wanted.cents for wanted in charges(who, plans or (plan(),), *span).wanted if wanted.sort == sort]


def codes(who, *plans, span=YEAR):
    return [note.code for note in charges(who, plans or (plan(),), *span).notes]


# --- Periods ----------------------------------------------------------------------------------------
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(anchor=days, months=rhythms, day=days)
def test_every_day_lies_in_exactly_one_period(anchor, months, day):
    period = period_at(anchor, months, day)

    assert period.starts_on <= day <= period.ends_on
    assert period_at(anchor, months, period.ends_on + timedelta(days=1)).starts_on == period.ends_on + timedelta(days=1)
    assert period_at(anchor, months, period.starts_on) == period == period_at(anchor, months, period.ends_on)


def test_a_month_from_the_31st_comes_back_to_the_31st():
    starts = [p.starts_on for p in periods_starting_between(date(2024, 1, 31), 1, date(2024, 1, 1), date(2024, 5, 31))]

    assert starts == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30), date(2024, 5, 31)]


def test_a_year_from_29_february_starts_on_the_28th_in_ordinary_years():
    starts = [period_at(date(2024, 2, 29), 12, date(year, 6, 1)).starts_on for year in (2024, 2025, 2027, 2028)]

    assert starts == [date(2024, 2, 29), date(2025, 2, 28), date(2027, 2, 28), date(2028, 2, 29)]


@given(anchor=days, months=rhythms, day=days)
def test_months_left_runs_from_all_to_none(anchor, months, day):
    period = period_at(anchor, months, day)

    assert months_left(period, anchor, period.starts_on) == months
    assert months_left(period, anchor, period.ends_on) == 1
    assert 1 <= months_left(period, anchor, day) <= months


def test_adding_months_stays_inside_the_month():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


# --- Amounts ----------------------------------------------------------------------------------------
def test_joining_on_1_july_at_120_euro_a_year_by_days():
    """184 of 365 days: 120 × 184 / 365 = 60.493…, so 60.49."""
    assert amounts(person((1, date(2026, 7, 1)))) == [60_49]
    assert amounts(person((1, date(2028, 7, 1))), span=(date(2028, 1, 1), date(2028, 12, 31))) == [60_33]


def test_joining_on_1_july_by_months_pays_half():
    assert amounts(person((1, date(2026, 7, 1))), plan(proration=MONTH)) == [60_00]
    assert amounts(person((1, date(2026, 7, 31))), plan(proration=MONTH)) == [60_00]
    assert amounts(person((1, date(2026, 8, 1))), plan(proration=MONTH)) == [50_00]


def test_without_proration_a_part_costs_the_whole():
    assert amounts(person((1, date(2026, 12, 30))), plan(proration=NONE)) == [120_00]


def test_half_a_cent_goes_up_and_less_does_not():
    assert [half_up(Fraction(n, 10)) for n in (0, 4, 5, 14, 15, 25)] == [0, 0, 1, 1, 2, 3]


@given(cents=st.integers(1, 10_000_00), joined=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_who_joins_pays_the_share_rounded_half_up_once(cents, joined):
    left = (date(2026, 12, 31) - joined).days + 1

    expected = (2 * cents * left + 365) // (2 * 365)
    assert amounts(person((1, joined)), plan(cents)) == ([expected] if expected else [])


@given(
    cents=st.integers(0, 10_000_00),
    percent=st.integers(0, 100),
    cuts=st.sets(st.dates(date(2026, 1, 2), date(2026, 12, 31)), max_size=6),
    proration=st.sampled_from([MONTH, DAY]),
    anchor=days,
    rhythm=rhythms,
)
@settings(max_examples=300)
def test_the_parts_of_a_period_sum_to_its_fee(cents, percent, cuts, proration, anchor, rhythm):
    """Whoever changes kind again and again within a year at equal fees pays exactly that fee."""
    starts = [date(2026, 1, 1), *sorted(cuts)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [None]
    stays = [(number % 2 + 1, start, end) for number, (start, end) in enumerate(zip(starts, ends, strict=True))]
    plans = [plan(cents, id=k, kind_id=k, proration=proration, anchor=anchor, months=rhythm) for k in (1, 2)]
    grants = (Grant(PERCENT, percent, date(2020, 1, 1)),) if percent else ()
    span = (date(2026, 2, 1), date(2027, 1, 31))
    whole = amounts(person((1, date(2019, 1, 1)), grants=grants), *plans, span=span)

    parts = charges(person((1, date(2019, 1, 1), date(2025, 12, 31)), *stays, grants=grants), plans, *span).wanted

    assert sum(part.cents for part in parts) == sum(whole)
    assert all(part.cents > 0 for part in parts)


@given(
    joined=days,
    stayed=st.integers(0, 1500),
    anchor=days,
    rhythm=rhythms,
    proration=st.sampled_from([NONE, MONTH, DAY]),
)
def test_nothing_before_joining_or_after_leaving(joined, stayed, anchor, rhythm, proration):
    left = joined + timedelta(days=stayed)
    who = person((1, joined, left))
    rules = plan(anchor=anchor, months=rhythm, proration=proration, prorates_leaving=True)

    for wanted in charges(who, (rules,), date(2017, 1, 1), date(2039, 12, 31)).wanted:
        assert wanted.period.ends_on >= joined
        assert wanted.period.starts_on <= left
        assert 0 < wanted.cents <= 120_00
        if proration != NONE:
            assert joined <= wanted.covered.starts_on <= wanted.covered.ends_on <= left


@given(joined=days, anchor=days, rhythm=rhythms, split=st.integers(1, 4000))
def test_two_runs_over_halves_of_a_span_want_what_one_run_wants(joined, anchor, rhythm, split):
    first, last = date(2018, 1, 1), date(2036, 12, 31)
    middle = first + timedelta(days=split)
    who, rules = person((1, joined)), (plan(anchor=anchor, months=rhythm, entrance_cents=5_00),)

    halves = charges(who, rules, first, middle).wanted + charges(who, rules, middle + timedelta(days=1), last).wanted

    assert halves == charges(who, rules, first, last).wanted
    assert len({wanted.key for wanted in halves}) == len(halves)


# --- Who leaves, comes back, changes ----------------------------------------------------------------
def test_who_leaves_pays_the_period_out_unless_the_plan_gives_it_back():
    who = person((1, date(2020, 1, 1), date(2026, 3, 31)))

    assert amounts(who) == [120_00]
    assert amounts(who, plan(prorates_leaving=True)) == [120_00 - 90_41]


def test_who_comes_back_in_a_year_that_was_paid_out_pays_it_once():
    who = person((1, date(2020, 1, 1), date(2026, 3, 31)), (1, date(2026, 9, 1)))

    for proration in (NONE, MONTH, DAY):
        assert sum(amounts(who, plan(proration=proration))) == 120_00


def test_a_change_of_kind_pays_each_kind_for_its_part():
    who = person((1, date(2020, 1, 1), date(2026, 6, 30)), (2, date(2026, 7, 1)))

    assert amounts(who, plan(120_00), plan(60_00, id=2, kind_id=2)) == [59_51, 30_25]


def test_without_proration_a_change_of_kind_counts_from_the_next_period():
    who = person((1, date(2020, 1, 1), date(2026, 6, 30)), (2, date(2026, 7, 1)))
    plans = (plan(120_00, proration=NONE), plan(60_00, id=2, kind_id=2, proration=NONE))

    assert amounts(who, *plans) == [120_00]
    assert amounts(who, *plans, span=(date(2027, 1, 1), date(2027, 12, 31))) == [60_00]


def test_who_joins_in_the_last_days_pays_from_the_next_period_and_the_entrance_at_once():
    who, rules = person((1, date(2026, 12, 20))), plan(roll_days=31, entrance_cents=15_00)

    assert amounts(who, rules) == []
    assert amounts(who, rules, sort="entrance") == [15_00]
    assert codes(who, rules) == ["rolled"]
    assert amounts(who, rules, span=(date(2027, 1, 1), date(2027, 12, 31))) == [120_00]
    assert amounts(person((1, date(2026, 11, 30))), rules) == [10_52]


def test_the_entrance_fee_is_asked_once_in_a_life():
    who, rules = person((1, date(2024, 5, 1), date(2025, 12, 31)), (1, date(2026, 5, 1))), plan(entrance_cents=15_00)

    assert amounts(who, rules, span=(date(2024, 1, 1), date(2030, 1, 1)), sort="entrance") == [15_00]
    assert amounts(who, rules, sort="entrance") == []


# --- Tiers, discounts, exemptions -------------------------------------------------------------------
def test_the_age_on_the_first_day_of_the_period_decides():
    tiers = (Tier(1, date(2010, 1, 1), 60_00, None, 17), Tier(2, date(2010, 1, 1), 120_00, 18))
    rules, stay = plan(tiers=tiers), (1, date(2020, 1, 1))

    assert amounts(person(stay, born_on=date(2008, 1, 2)), rules) == [60_00]
    assert amounts(person(stay, born_on=date(2008, 1, 1)), rules) == [120_00]
    assert codes(person(stay), rules) == ["age_unknown"]


def test_a_raise_counts_from_its_day():
    tiers = (Tier(1, date(2020, 1, 1), 100_00), Tier(2, date(2026, 1, 1), 110_00), Tier(3, date(2026, 6, 1), 999_00))

    assert amounts(person((1, date(2020, 1, 1))), plan(tiers=tiers)) == [110_00]


@pytest.mark.parametrize(
    ("grant", "expected", "code"),
    [
        ((EXEMPT, 0), [], "exempt"),
        ((PERCENT, 25), [90_00], "discount"),
        ((LESS, 20_50), [99_50], "discount"),
        ((LESS, 500_00), [], "nothing"),
        ((FIXED, 35_00), [35_00], "discount"),
    ],
)
def test_grants(grant, expected, code):
    who = person((1, date(2020, 1, 1)), grants=(Grant(*grant, date(2026, 1, 1)),))

    assert amounts(who) == expected
    assert codes(who) == [code]
    assert amounts(who, span=(date(2025, 1, 1), date(2025, 12, 31))) == [120_00]


def test_the_second_of_a_household_pays_less():
    rules = plan(household_percent=30)

    assert [amounts(person((1, date(2020, 1, 1)), rank=rank), rules) for rank in (0, 1, 2)] == [
        [120_00],
        [84_00],
        [84_00],
    ]


def test_a_kind_without_a_plan_is_noted():
    assert codes(person((9, date(2020, 1, 1)))) == ["no_plan"]
    assert codes(person((9, date(2020, 1, 1), date(2021, 1, 1)))) == []


def test_plans_follow_on_each_other():
    old = plan(100_00, ends_on=date(2025, 12, 31))
    new = plan(30_00, id=2, months=3, starts_on=date(2026, 1, 1))

    assert amounts(person((1, date(2020, 1, 1))), old, new) == [30_00] * 4


def test_a_period_knows_its_days():
    assert Period(date(2024, 2, 1), date(2024, 2, 29)).days == 29
