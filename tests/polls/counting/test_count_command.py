"""`manage.py count FILE` as somebody without our database runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from polls.counting import Malformed
from polls.counting.ballot_file import count_file

ROOT = Path(__file__).resolve().parents[3]
GOOD = {"method": "plurality", "seats": 1, "options": ["Ans", "Bo", "Cas"], "ballots": [[3, [[1]]], [3, [[3], [2]]]]}


def test_a_file_is_counted_without_a_database(tmp_path):
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps(GOOD))
    nowhere = {**os.environ, "COMMUNITY_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}

    ran = subprocess.run(
        [sys.executable, ROOT / "manage.py", "count", file], env=nowhere, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert (answer["elected"], answer["tie"]) == ([], [[1, 3]])
    assert answer["rounds"] == [{"votes": {"1": 3, "2": 0, "3": 3}}]


BAD = {
    "method": [{"method": "lottery"}, {"method": ["irv"]}, {"method": None}],
    "seats": [{"seats": 0}, {"seats": -1}, {"seats": 1.5}, {"seats": True}, {"seats": "1"}],
    "options": [{"options": []}, {"options": "Ans"}, {"options": [1, 2]}, {"options": None}],
    "ballots": [{"ballots": {}}, {"ballots": None}],
    "ballot": [{"ballots": [3]}, {"ballots": [[3]]}, {"ballots": [[3, [[1]], 1]]}, {"ballots": [[3, "1"]]}],
    "number": [{"ballots": [[-1, [[1]]]]}, {"ballots": [[1.0, [[1]]]]}, {"ballots": [[True, [[1]]]]}],
    "groups": [{"ballots": [[1, [1]]]}, {"ballots": [[1, [[]]]]}, {"ballots": [[1, {"1": 1}]]}],
    "names": [{"ballots": [[1, [[4]]]]}, {"ballots": [[1, [[0]]]]}, {"ballots": [[1, [[1], [1]]]]}],
    "text": [{"ballots": [[1, [["1"]]]]}, {"ballots": [[1, [[True]]]]}, {"ballots": [[1, [[[1]]]]]}],
    "lots": [{"lots": [[1, 1]]}, {"lots": [[9]]}, {"lots": 3}],
}


@pytest.mark.parametrize("change", [change for changes in BAD.values() for change in changes], ids=json.dumps)
def test_a_malformed_file_gives_one_sentence(change):
    with pytest.raises(Malformed) as refusal:
        count_file(json.dumps({**GOOD, **change}))

    assert str(refusal.value).endswith(".")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", "null", b"\xff\xfe\x00", "[" * 100_000, '{"seats": 1' + "0" * 9999]
)
def test_what_is_not_one_json_object_gives_one_sentence(text):
    with pytest.raises(Malformed):
        count_file(text)


@pytest.mark.parametrize("make", [lambda file: None, lambda file: file.mkdir(), lambda file: file.write_text("{}")])
def test_an_unusable_file_ends_with_exit_code_1(tmp_path, make):
    file = tmp_path / "ballots.json"
    make(file)

    with pytest.raises(SystemExit) as left:
        call_command("count", str(file))

    # A text as exit code is printed to standard error and makes the code 1.
    assert isinstance(left.value.code, str)


def test_a_blank_ballot_is_a_ballot_that_names_nothing():
    answer = count_file(json.dumps({**GOOD, "method": "absolute_majority", "ballots": [[2, [[1]]], [5, []]]}))

    assert answer["elected"] == [1]
