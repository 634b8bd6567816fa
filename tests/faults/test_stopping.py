"""Ctrl-C and SIGTERM stop the one process within five seconds and with exit code 0, also with open sockets."""

import signal
import subprocess
import sys
import time

import pytest

from tests.e2e.conftest import QUIET, browser  # noqa: F401 — the fixture
from tests.e2e.house import ROOT, House, _environment, _wait_until_open, free_port
from tests.e2e.visitor import Visitor


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stopping")


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("pages", [0, 3])
def test_the_house_stops_quickly_and_cleanly(browser, folder, sign, pages):  # noqa: F811
    port = free_port()
    house = House(f"http://localhost:{port}", folder, _environment(folder, port))
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run", "--port", str(port)],
            cwd=ROOT,
            env=house.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _wait_until_open(house)
        context = browser.new_context()
        person = Visitor(house, context.new_page())
        if pages:
            person.log_in("anneke")
        for _ in range(pages):
            page = context.new_page()
            with page.expect_websocket() as opened:
                page.goto(f"{house.address}/notices/")
            opened.value.wait_for_event("framereceived")
        code, seconds = stop(process, sign)
        context.close()

    assert (code, seconds < 5) == (0, True), (code, seconds, (folder / "log").read_text()[-2000:])


def stop(process, sign) -> tuple[int, float]:
    started = time.monotonic()
    process.send_signal(sign)
    return process.wait(timeout=30), time.monotonic() - started
