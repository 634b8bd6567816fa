"""Properties P12 to P14: thresholds at their exact boundaries, what is counted, and quorum."""

from fractions import Fraction
from itertools import product

import pytest

from polls.counting.majority import Base, Figures, MajorityRules, Tie, Verdict, judge

HALF, TWO_THIRDS, ALL = Fraction(1, 2), Fraction(2, 3), Fraction(1)
TWO_THIRDS_RULE = MajorityRules(TWO_THIRDS, strict=False)


@pytest.mark.parametrize(("cast", "needed"), [(3, 2), (4, 3), (5, 4), (6, 4), (603, 402), (604, 403)])
def test_two_thirds_needs_exactly_two_thirds(cast, needed):
    enough = judge(Figures(in_favour=needed, against=cast - needed), TWO_THIRDS_RULE)
    short = judge(Figures(in_favour=needed - 1, against=cast - needed + 1), TWO_THIRDS_RULE)

    assert (enough.needed, enough.verdict) == (needed, Verdict.ADOPTED)
    assert short.verdict == Verdict.REJECTED


@pytest.mark.parametrize(("cast", "needed"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (100, 51), (101, 51)])
def test_more_than_half_is_more_than_half_for_even_and_odd_numbers(cast, needed):
    assert judge(Figures(in_favour=needed, against=cast - needed), MajorityRules()).verdict == Verdict.ADOPTED
    assert judge(Figures(in_favour=needed - 1, against=cast - needed + 1), MajorityRules()).verdict == Verdict.REJECTED


@pytest.mark.parametrize("share", [None, HALF, TWO_THIRDS, ALL])
@pytest.mark.parametrize("figures", [Figures(), Figures(blank=7), Figures(abstained=3, invalid=2)])
def test_nothing_is_adopted_without_a_vote_in_favour(share, figures):
    assert judge(figures, MajorityRules(share, strict=False)).verdict == Verdict.REJECTED


def test_one_vote_decides_when_it_is_the_only_one():
    assert judge(Figures(in_favour=1), TWO_THIRDS_RULE).verdict == Verdict.ADOPTED
    assert judge(Figures(against=1), TWO_THIRDS_RULE).verdict == Verdict.REJECTED


def test_an_equal_vote_is_a_rejection():
    assert judge(Figures(in_favour=4, against=4), MajorityRules(share=None)).verdict == Verdict.REJECTED


@pytest.mark.parametrize(
    ("figures", "rules", "verdict"),
    [
        (Figures(in_favour=4, against=4), {}, Verdict.TIED),
        (Figures(in_favour=4, against=4), {"share": None}, Verdict.TIED),
        (Figures(in_favour=4, against=4, blank=3), {"counted": frozenset({"blank"})}, Verdict.TIED),
        (Figures(in_favour=5, against=4), {}, Verdict.ADOPTED),
        (Figures(in_favour=4, against=5), {}, Verdict.REJECTED),
        (Figures(blank=3), {}, Verdict.REJECTED),
        (Figures(in_favour=4, against=4), {"share": TWO_THIRDS, "strict": False}, Verdict.REJECTED),
        (Figures(in_favour=4, against=4, present=9), {"base": Base.PRESENT}, Verdict.REJECTED),
        (Figures(in_favour=4, against=4, entitled=30), {"quorum": HALF}, Verdict.NO_DECISION),
    ],
)
def test_a_tie_decides_nothing_where_the_statutes_let_it_come_back(figures, rules, verdict):
    assert judge(figures, MajorityRules(tie=Tie.POSTPONED, **rules)).verdict == verdict


def test_unanimity_is_lost_by_one_vote_against():
    unanimous = MajorityRules(ALL, strict=False)

    assert judge(Figures(in_favour=9), unanimous).verdict == Verdict.ADOPTED
    assert judge(Figures(in_favour=9, against=1), unanimous).verdict == Verdict.REJECTED


# Written by hand: 6 in favour, 4 against, 1 blank, 2 abstained, 4 invalid; 20 present, 30 entitled.
DENOMINATORS = {
    (): 10,
    ("blank",): 11,
    ("abstained",): 12,
    ("invalid",): 14,
    ("abstained", "blank"): 13,
    ("blank", "invalid"): 15,
    ("abstained", "invalid"): 16,
    ("abstained", "blank", "invalid"): 17,
}
MORE_THAN_HALF = {10: 6, 11: 6, 12: 7, 13: 7, 14: 8, 15: 8, 16: 9, 17: 9, 20: 11, 30: 16}


@pytest.mark.parametrize(("counted", "base"), list(product(DENOMINATORS, Base)))
def test_every_combination_of_what_is_counted_against_the_table(counted, base):
    figures = Figures(in_favour=6, against=4, blank=1, abstained=2, invalid=4, present=20, entitled=30)
    denominator = {Base.VOTES: DENOMINATORS[counted], Base.PRESENT: 20, Base.ENTITLED: 30}[base]

    outcome = judge(figures, MajorityRules(base=base, counted=frozenset(counted)))

    assert (outcome.denominator, outcome.needed) == (denominator, MORE_THAN_HALF[denominator])
    assert outcome.verdict == (Verdict.ADOPTED if denominator < 12 else Verdict.REJECTED)


def test_missed_quorum_is_no_decision_even_when_everybody_agreed():
    rules = MajorityRules(TWO_THIRDS, strict=False, quorum=TWO_THIRDS)

    missed = judge(Figures(in_favour=19, entitled=30), rules)
    reached = judge(Figures(in_favour=20, entitled=30), rules)

    assert (missed.verdict, missed.took_part, missed.quorum_needed) == (Verdict.NO_DECISION, 19, 20)
    assert reached.verdict == Verdict.ADOPTED


def test_who_is_present_or_represented_counts_for_the_quorum_without_voting():
    rules = MajorityRules(quorum=HALF)

    assert judge(Figures(in_favour=5, against=1, present=15, entitled=30), rules).verdict == Verdict.ADOPTED


@pytest.mark.parametrize(("kind", "counts"), list(product(("blank", "abstained", "invalid"), (True, False))))
def test_each_kind_says_whether_it_counts_for_the_quorum(kind, counts):
    rules = MajorityRules(quorum=HALF, counted_for_quorum=frozenset({kind} if counts else ()))

    outcome = judge(Figures(in_favour=4, entitled=10, **{kind: 1}), rules)

    assert outcome.verdict == (Verdict.ADOPTED if counts else Verdict.NO_DECISION)
