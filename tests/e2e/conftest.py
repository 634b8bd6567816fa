"""A real browser on a real, running Paraplu. Run apart from the other tests: `python -m pytest tests/e2e`."""

import os
import shutil
from functools import partial

import hypothesis  # noqa: F401 — its report at the end cannot be loaded any more once Playwright has run
import pytest
from playwright.sync_api import sync_playwright

from tests.e2e.house import embedded_house, house_of_services
from tests.e2e.visitor import visit

QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # it hears a beep


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "the browser tests need Chromium"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=[*QUIET, *MICROPHONE])


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    with embedded_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def fresh_house(tmp_path_factory):
    """A house of its own, for a test that pays what another test has paid already."""
    with embedded_house(tmp_path_factory.mktemp("fresh")) as house:
        yield house


@pytest.fixture(scope="session")
def services(tmp_path_factory):
    """The same house as separate processes; .ci/run gives the addresses of its PostgreSQL and Redis."""
    addresses = os.environ["COMMUNITY_TEST_POSTGRES_URL"], os.environ["COMMUNITY_TEST_REDIS_URL"]
    with house_of_services(tmp_path_factory.mktemp("services"), *addresses) as house:
        yield house


@pytest.fixture
def visitor(browser, house):
    """`with visitor("phone", "dark", "en") as anneke:` gives somebody with a fresh browser."""
    return partial(visit, browser, house)
