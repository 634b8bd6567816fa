"""Small random elections for hypothesis, and elections written down by hand."""

from hypothesis import strategies as st

from polls.counting import Election
from polls.counting.elections import merged


@st.composite
def rankings(draw, options):
    """A ballot: some of the options in some order, neighbours sometimes put in one group."""
    order = draw(st.permutations(options))[: draw(st.integers(0, len(options)))]
    groups = []
    for option in order:
        if groups and draw(st.integers(0, 3)) == 0:
            groups[-1] = (*groups[-1], option)
        else:
            groups.append((option,))
    return tuple(groups)


@st.composite
def elections(draw, most_options=4, most_ballots=6, most_votes=4):
    options = tuple(range(1, draw(st.integers(1, most_options)) + 1))
    ballots = st.lists(st.tuples(st.integers(1, most_votes), rankings(options)), max_size=most_ballots)
    return Election(options, merged(draw(ballots)), seats=draw(st.integers(1, 3)))


def strict(number_of_options, *ballots, seats=1):
    """An election without equal ranks: `(votes, "CAB")` is that many votes for C over A over B."""
    options = tuple(range(1, number_of_options + 1))
    profile = merged((votes, tuple((ord(letter) - 64,) for letter in order)) for votes, order in ballots)
    return Election(options, profile, seats)
