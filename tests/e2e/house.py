"""Starting the real thing for a browser: in one process, or as separate processes on PostgreSQL and Redis."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.e2e.proxy import Proxy

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class House:
    """A running Paraplu with the demo association."""

    address: str
    folder: Path  # where it keeps its data, and `log` with all that it said
    environment: dict

    def manage(self, *arguments: str) -> str:
        """Run a management command on this house's data; returns what it printed."""
        return _manage(self.environment, *arguments)


@contextlib.contextmanager
def embedded_house(folder: Path):
    """`manage.py run`, as `make run` starts it: SQLite, and everything in one process."""
    port = free_port()
    house = House(f"http://localhost:{port}", folder, _environment(folder, port))
    with _processes(house, [["manage.py", "run", "--port", str(port)]]):
        _wait_until_open(house)
        yield house


@contextlib.contextmanager
def house_of_services(folder: Path, postgres_url: str, redis_url: str):
    """Production settings: pages, sockets, worker and clock as processes of their own, behind a proxy."""
    port, pages, sockets = free_port(), free_port(), free_port()
    with _database(postgres_url) as database_url:
        environment = _environment(folder, port) | {
            "COMMUNITY_PRODUCTION": "true",
            "COMMUNITY_SSL_REDIRECT": "false",  # there is no certificate here; a browser trusts localhost without
            "COMMUNITY_REQUIRE_MFA": "false",  # the demo's treasurer and board have no second factor yet
            "COMMUNITY_SECRET_KEY": secrets.token_urlsafe(60),
            "COMMUNITY_BACKUP_KEY": secrets.token_urlsafe(30),
            "COMMUNITY_ALLOWED_HOSTS": "localhost",
            "COMMUNITY_DATABASE_URL": database_url,
            "COMMUNITY_REDIS_URL": redis_url,
        }
        for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["load_demo"]):
            _manage(environment, *command)
        house = House(f"http://localhost:{port}", folder, environment)
        commands = [
            ["-m", "gunicorn", "community.wsgi", "--bind", f"127.0.0.1:{pages}", "--workers", "2", "--threads", "4"],
            [
                "-m",
                "daphne",
                "-b",
                "127.0.0.1",
                "-p",
                str(sockets),
                "--websocket_connect_timeout",
                "30",
                "community.asgi:application",
            ],
            ["-m", "celery", "-A", "community", "worker", "--concurrency", "2", "--loglevel", "WARNING"],
            ["-m", "celery", "-A", "community", "beat", "--loglevel", "WARNING", "-s", str(folder / "beat")],
        ]
        with _processes(house, commands), Proxy(port, pages=pages, sockets=sockets):
            _wait_until_open(house)
            yield house


@contextlib.contextmanager
def _database(postgres_url: str):
    """A database of our own, dropped afterwards."""
    name = f"paraplu_browser_{os.getpid()}"
    with psycopg.connect(f"{postgres_url}/postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{postgres_url}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextlib.contextmanager
def _processes(house: House, commands):
    with (house.folder / "log").open("ab") as log:
        started = [
            subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=house.environment, stdout=log, stderr=subprocess.STDOUT
            )
            for command in commands
        ]
        try:
            yield
            assert [process.poll() for process in started] == [None] * len(started), "a process stopped by itself"
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait(timeout=30)


def _environment(folder: Path, port: int) -> dict:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMMUNITY_", "DJANGO_"))}
    return kept | {"COMMUNITY_DATA_DIR": str(folder), "COMMUNITY_BASE_URL": f"http://localhost:{port}"}


def _manage(environment: dict, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def _wait_until_open(house: House, seconds: int = 300) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{house.address}/account/login/", timeout=5).close()
            return
        time.sleep(0.3)
    raise TimeoutError(f"the house did not open:\n{(house.folder / 'log').read_text()[-3000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
