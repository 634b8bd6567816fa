"""The test database: migrated once into a template named after what it was made from, then copied for every run."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase

from theme.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
compile_catalogues()


def fingerprint() -> str:
    """Changes whenever a migration, the list of apps or a pinned package changes."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for app in apps.get_app_configs():
        digest.update(app.name.encode())
        if Path(app.path).is_relative_to(ROOT):
            for file in sorted([*Path(app.path).glob("migrations/*.py"), *Path(app.path).glob("triggers.py")]):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    database = (SqliteCopy if connection.vendor == "sqlite" else PostgresqlCopy)(worker)
    with django_db_blocker.unblock():
        database.make_template()
        database.renew()
    # Append-only tables refuse the flush with which Django cleans up after a test with real commits, and a fresh
    # copy is faster anyway; `serialized_rollback` then has nothing left to put back.
    TransactionTestCase._fixture_teardown = lambda case: database.renew()
    yield
    with django_db_blocker.unblock():
        database.remove()


class SqliteCopy:
    def __init__(self, worker: str):
        folder = Path(settings.DATA_DIR) / "tests"
        folder.mkdir(parents=True, exist_ok=True)
        self.template = folder / f"template-{fingerprint()}.sqlite3"
        self.making = folder / f"making-{worker}.sqlite3"
        self.own = folder / f"run-{worker}-{os.getpid()}.sqlite3"

    def make_template(self):
        # Two test processes at once: the second waits for the template of the first.
        with open(self.template.parent / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self.template.exists():
                self._migrate()

    def _migrate(self):
        self.making.unlink(missing_ok=True)
        _use(str(self.making))
        call_command("migrate", verbosity=0)
        connections.close_all()
        with sqlite3.connect(self.making) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.making.replace(self.template)

    def renew(self):
        self.remove()
        shutil.copy(self.template, self.own)
        _use(str(self.own))

    def remove(self):
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.own}{suffix}").unlink(missing_ok=True)


class PostgresqlCopy:
    def __init__(self, worker: str):
        base = settings.DATABASES["default"]["NAME"]
        self.template, self.own = f"{base}_template_{fingerprint()}", f"{base}_run_{worker}"

    def make_template(self):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(1904)")  # a second test process waits for the template
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            if cursor.fetchone():
                return
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.template}_making" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.template}_making"')
            _use(f"{self.template}_making")
            call_command("migrate", verbosity=0)
            connections.close_all()
            cursor.execute(f'ALTER DATABASE "{self.template}_making" RENAME TO "{self.template}"')

    def renew(self):
        self.remove()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.own}" TEMPLATE "{self.template}"')
        _use(self.own)

    def remove(self):
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.own}" WITH (FORCE)')


def _use(name: str):
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Every test has its own folder for uploads, keys and mail."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def empty_cache():
    from django.core.cache import cache

    from theme.kept import forget

    cache.clear()
    forget()  # the settings may differ from test to test


@pytest.fixture(autouse=True)
def guarded_ledger(request):
    """The books cannot be emptied, so a transactional test takes the guards off when it cleans up after itself."""
    marker = request.node.get_closest_marker("django_db")
    live = {"transactional_db", "live_server"} & set(request.fixturenames)
    if not live and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    from finance.ledger import triggers

    request.getfixturevalue("_django_db_helper")
    triggers.install(connection)
    yield
    with connection.cursor() as cursor:
        for name in triggers.installed(connection):
            table = next(each for each in (*triggers.APPEND_ONLY, "ledger_account") if name.startswith(each))
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


@pytest.fixture(autouse=True)
def an_ordinary_wednesday():
    """Noon on a working day: what is said at night or at the turn of a year is tested where a test travels there."""
    with time_machine.travel(datetime(2026, 11, 18, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=True):
        yield
