"""Parallel test processes must not hear each other: each has a database of Redis to itself, counted from the one given.

Loaded with `-p`, because the settings are read before any conftest.
"""

import os
from urllib.parse import urlsplit

# The house of these tests, and the houses that browser tests start.
NAMES = ("COMMUNITY_REDIS_URL", "COMMUNITY_TEST_REDIS_URL")

worker = os.environ.get("PYTEST_XDIST_WORKER", "")
for name in NAMES if worker else ():
    if given := os.environ.get(name):
        parts = urlsplit(given)
        number = int(parts.path.strip("/") or 0) + int(worker.removeprefix("gw"))
        os.environ[name] = parts._replace(path=f"/{number}").geturl()
