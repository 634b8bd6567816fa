"""The test database: migrated once into a template named after what it was made from, then copied for every run."""

import hashlib
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from theme.catalogues import compile_catalogues

ROOT = Path(__file__).resolve().parent.parent
compile_catalogues()


def fingerprint() -> str:
    """Changes whenever a migration, the list of apps or a pinned package changes."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for app in apps.get_app_configs():
        digest.update(app.name.encode())
        if Path(app.path).is_relative_to(ROOT):
            for file in sorted(Path(app.path).glob("migrations/*.py")):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    with django_db_blocker.unblock():
        prepare = _prepare_sqlite if connection.vendor == "sqlite" else _prepare_postgresql
        remove = prepare(worker)
        # TransactionTestCase puts this back after it has emptied the tables: root page, site, permissions.
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        remove()


def _prepare_sqlite(worker: str):
    folder = Path(settings.DATA_DIR) / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    template, own = folder / f"template-{fingerprint()}.sqlite3", folder / f"run-{worker}.sqlite3"
    if not template.exists():
        making = folder / f"making-{worker}.sqlite3"
        making.unlink(missing_ok=True)
        _use(str(making))
        call_command("migrate", verbosity=0)
        connection.close()
        with sqlite3.connect(making) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        making.replace(template)
    _remove_sqlite(own)
    shutil.copy(template, own)
    _use(str(own))
    return lambda: _remove_sqlite(own)


def _remove_sqlite(path: Path):
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _prepare_postgresql(worker: str):
    base = settings.DATABASES["default"]["NAME"]
    template, own = f"{base}_template_{fingerprint()}", f"{base}_run_{worker}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if cursor.fetchone() is None:
            cursor.execute(f'DROP DATABASE IF EXISTS "{template}_making"')
            cursor.execute(f'CREATE DATABASE "{template}_making"')
            _use(f"{template}_making")
            call_command("migrate", verbosity=0)
            connection.close()
            cursor.execute(f'ALTER DATABASE "{template}_making" RENAME TO "{template}"')
        cursor.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{template}"')
    _use(own)

    def remove():
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')

    return remove


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

    cache.clear()
