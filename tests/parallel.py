"""Doing the same thing at once over real connections, to show that a rule holds when two people are quick."""

import multiprocessing
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


def in_processes(*acts, timeout: int = 120):
    """As `at_once`, each in a process of its own; results must be plain values, and refusals come back as their names.

    Needs a test with real commits.
    """
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(len(acts)), context.Queue()

    def run(number, act):
        connections.close_all()
        try:
            barrier.wait(timeout=20)
            answers.put((number, act()))
        except Exception as error:
            answers.put((number, type(error).__name__))
        finally:
            connections.close_all()

    connections.close_all()  # no process may speak over a connection of another
    processes = [context.Process(target=run, args=each) for each in enumerate(acts)]
    for process in processes:
        process.start()
    outcome = dict(answers.get(timeout=timeout) for _process in processes)
    for process in processes:
        process.join(timeout=timeout)
    return [outcome[number] for number in range(len(acts))]
