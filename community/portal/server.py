"""Everything in one process: Daphne in the main thread, Celery's worker and clock as threads beside it.

The order matters: the worker must be ready before the clock, and both before the first page. At the end the
loop's open tasks are cancelled first, or Python crashes on Ctrl-C while sockets are open.
"""

import asyncio
import logging
import socket
import threading
import time

from celery.beat import EmbeddedService, Scheduler
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server

from community.celery import app as celery_app

logger = logging.getLogger(__name__)
MOST_SECONDS_TO_FINISH = 10


class BackgroundWork:
    """Celery's worker and beat as threads of this process."""

    def __init__(self):
        celery_app.loader.import_default_modules()
        celery_app.finalize()
        self.ready = threading.Event()
        self.worker = celery_app.WorkController(
            app=celery_app,
            pool="threads",
            concurrency=2,
            without_mingle=True,
            without_gossip=True,
            without_heartbeat=True,
            task_events=False,
            loglevel="WARNING",
            ready_callback=lambda consumer: self.ready.set(),
        )
        self.thread = threading.Thread(target=self.worker.start, name="worker", daemon=True)
        # The in-memory scheduler: the schedule lives in settings, and what was done lives in the database.
        # It looks up every second, so that it hears at once that it has to stop.
        self.clock = EmbeddedService(celery_app, thread=True, scheduler_cls=Scheduler, max_interval=1)

    def start(self) -> None:
        self.thread.start()
        if not self.ready.wait(timeout=20):
            raise RuntimeError("the background worker did not start")
        self.clock.start()

    def stop(self) -> None:
        """Let what is being done finish. An idle worker only looks up every two seconds, so it is not waited for."""
        import celery.worker.state

        self.clock.stop()
        celery.worker.state.should_stop = 0
        until = time.monotonic() + MOST_SECONDS_TO_FINISH
        while self.thread.is_alive() and celery.worker.state.active_requests and time.monotonic() < until:
            self.thread.join(timeout=0.05)


def is_port_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(application, host: str, port: int, on_ready) -> None:
    """Serve until Ctrl-C or SIGTERM; `on_ready` is called once pages can be opened."""
    work = BackgroundWork()
    work.start()
    server = Server(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        server_name="paraplu",
        ready_callable=on_ready,
        websocket_timeout=86400,
        # After a restart all pages knock at once; at the default of five seconds those at the end are turned away.
        websocket_connect_timeout=30,
        websocket_handshake_timeout=30,
    )
    try:
        server.run()
    finally:
        _cancel_open_tasks()
        work.stop()


def _cancel_open_tasks() -> None:
    from twisted.internet import reactor

    loop = getattr(reactor, "_asyncioEventloop", None)
    if loop is None or loop.is_closed():
        return
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks and not loop.is_running():
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
