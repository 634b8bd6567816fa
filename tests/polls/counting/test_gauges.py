from fractions import Fraction

from polls.counting.gauges import IF_NEED_BE, NO, YES, median_step, places_and_waiting, rank_dates, sum_points


def test_dates_rank_by_yes_then_if_need_be_then_the_earliest():
    answers = {
        ((1, YES), (2, YES), (3, NO)): 2,
        ((1, NO), (2, NO), (3, YES)): 2,
        ((2, IF_NEED_BE), (4, YES)): 1,
        ((4, YES),): 1,
    }

    standings = rank_dates(answers, [3, 1, 2, 4])

    assert [(s.option, s.yes, s.if_need_be) for s in standings] == [(2, 2, 1), (3, 2, 0), (1, 2, 0), (4, 2, 0)]


def test_points_are_summed_with_their_weight():
    assert sum_points({((1, 5), (2, 2)): 3, ((2, 1),): 1}, [1, 2, 3]) == {1: 15, 2: 7, 3: 0}


def test_median_lies_on_a_step_or_halfway_between_two():
    assert median_step({1: 1, 4: 2}) == 4
    assert median_step({2: 2, 5: 2}) == Fraction(7, 2)
    assert median_step({}) is None


def test_places_go_in_order_of_signing_up_and_a_no_frees_the_next():
    assert places_and_waiting([(10, True), (11, False), (12, True), (13, True)], places=2) == ([10, 12], [13])
    assert places_and_waiting([(10, True), (12, True)], places=None) == ([10, 12], [])
