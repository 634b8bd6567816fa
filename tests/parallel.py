"""Doing the same thing at once over real connections, to show that a rule holds when two people are quick."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(*acts):
    """Run the functions simultaneously, each with its own database connection.

    Returns their results in order; an exception is returned in place of a result.
    """
    barrier = threading.Barrier(len(acts))

    def run(act):
        barrier.wait(timeout=20)
        try:
            return act()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))
