"""`manage.py run` as somebody starts it who made a mistake: one sentence, and an exit code that says so."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def start(tmp_path, *arguments, **variables):
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COMMUNITY_")}
    return subprocess.run(
        [sys.executable, "manage.py", "run", *arguments],
        cwd=ROOT,
        env={**environment, "COMMUNITY_DATA_DIR": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("COMMUNITY_DATABASE_URL", "nonsense"),
        ("COMMUNITY_DATABASE_URL", "postgres://paraplu@127.0.0.1:1/paraplu"),
        ("COMMUNITY_REDIS_URL", "redis://127.0.0.1:1/0"),
        ("COMMUNITY_DATA_DIR", "/dev/null/data"),
    ],
)
def test_a_broken_setting_is_named_in_one_sentence(tmp_path, variable, value):
    answer = start(tmp_path, **{variable: value})

    said = (answer.stdout + answer.stderr).strip()
    assert answer.returncode == 1
    assert variable in said
    assert len(said.splitlines()) == 1


def test_a_port_in_use_is_said_before_anything_is_set_up(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        answer = start(tmp_path, "--port", str(port))

    assert answer.returncode == 1
    assert answer.stderr == f"CommandError: Port {port} is in use. Choose another one: make run PORT={port + 1}\n"
    assert not (tmp_path / "paraplu.sqlite3").exists()
