"""P11: a whole published election, ballot by ballot, gives the published figures to the last vote."""

import gzip
import json
from pathlib import Path

import pytest

from polls.counting.ballot_file import count_file

FILE = Path(__file__).parent / "published" / "minneapolis_2013.json.gz"


@pytest.fixture(scope="module")
def minneapolis():
    content = json.loads(gzip.decompress(FILE.read_bytes()))
    return content["options"], count_file(json.dumps(content))


def votes_of(options, votes) -> dict[str, int]:
    return {options[int(number) - 1]: int(cast) for number, cast in votes.items()}


def test_the_mayor_of_minneapolis_is_elected_with_the_published_votes(minneapolis):
    options, counted = minneapolis

    first, last = (votes_of(options, counted["rounds"][at]["votes"]) for at in (0, -1))

    assert ([options[number - 1] for number in counted["elected"]], counted["tie"]) == (["BETSY HODGES"], None)
    assert {name: first[name] for name in ("BETSY HODGES", "MARK ANDREW", "DON SAMUELS", "CAM WINTON")} == {
        "BETSY HODGES": 28_962,
        "MARK ANDREW": 19_648,
        "DON SAMUELS": 8_350,
        "CAM WINTON": 7_533,
    }
    assert last == {"BETSY HODGES": 38_870, "MARK ANDREW": 24_972}


def test_nobody_had_a_majority_at_first_and_votes_only_run_out(minneapolis):
    _options, counted = minneapolis

    totals = [sum(int(cast) for cast in stage["votes"].values()) for stage in counted["rounds"]]

    assert max(int(cast) for cast in counted["rounds"][0]["votes"].values()) * 2 < totals[0]
    assert totals == sorted(totals, reverse=True)
