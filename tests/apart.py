"""Parallel test processes must not hear each other: each has a database of Redis to itself, counted from the one given.

Loaded with `-p`, because the settings are read before any conftest.
"""

import os
from urllib.parse import urlsplit

worker, given = os.environ.get("PYTEST_XDIST_WORKER", ""), os.environ.get("COMMUNITY_REDIS_URL", "")
if worker and given:
    parts = urlsplit(given)
    number = int(parts.path.strip("/") or 0) + int(worker.removeprefix("gw"))
    os.environ["COMMUNITY_REDIS_URL"] = parts._replace(path=f"/{number}").geturl()
