"""What somebody does who runs the server: back-up, drill, check of the log."""

import pytest


@pytest.mark.parametrize("kind", ["house", "services"])
def test_a_backup_is_made_while_it_runs_and_comes_back_equal(request, kind):
    house = request.getfixturevalue(kind)

    made = house.manage("backup")
    drilled = house.manage("restore_drill")

    assert made.startswith("Wrote ")
    assert "books and log equal" in drilled


def test_the_log_of_the_demo_is_whole(house):
    assert "log is whole" in house.manage("verify_audit")
