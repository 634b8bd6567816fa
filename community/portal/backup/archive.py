"""Making a back-up and bringing it back, for SQLite and PostgreSQL alike."""

import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from community.portal.backup.proof import differences, proof
from community.portal.backup.sealing import NotReadable, seal, unseal
from polls.secrecy import keystore

SUFFIX = ".paraplu"
KEEP = 14  # files; older ones are thrown away after a new one was made
# In the data folder, but made again by itself or meant to die.
# A copy of a secret poll's key would open its envelopes after the key was erased (docs/polls.md).
LEFT_OUT = {keystore.FOLDER, "exports", "mail", "static", "tests", "backups", "media", "erasures.jsonl", "backup_key"}


class Impossible(Exception):
    """The back-up cannot be made or brought back; the text says why."""


def folder() -> Path:
    settings.BACKUP_FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.BACKUP_FOLDER


def newest() -> Path | None:
    return max(folder().glob(f"*{SUFFIX}"), default=None)


def make_backup() -> Path:
    """Write everything to one encrypted file; returns it. Members keep working meanwhile. Raises Impossible."""
    if not settings.BACKUP_KEY:
        raise Impossible("COMMUNITY_BACKUP_KEY is not set; without it a back-up cannot be encrypted")
    target = folder() / f"{timezone.now():%Y%m%d-%H%M%S}{SUFFIX}"
    with tempfile.TemporaryDirectory(dir=folder()) as scratch:
        content = Path(scratch)
        expected = _dump_database(content / "database")
        (content / "proof.json").write_text(json.dumps({"made_at": timezone.now().isoformat(), **expected}))
        plain = content / "content.tar.gz"
        with tarfile.open(plain, "w:gz") as archive:
            archive.add(content / "database", "database")
            archive.add(content / "proof.json", "proof.json")
            archive.add(settings.MEDIA_ROOT, "media")
            for path in _own_files():
                archive.add(path, f"data/{path.name}")
        seal(plain, content / "sealed", settings.BACKUP_KEY)
        (content / "sealed").replace(target)
    for old in sorted(folder().glob(f"*{SUFFIX}"))[:-KEEP]:
        old.unlink()
    return target


def _own_files() -> list[Path]:
    """Keys and the like beside the database; not the database itself, of which a safe copy is in the back-up."""
    database = Path(str(settings.DATABASES["default"]["NAME"])).name
    return [
        path
        for path in sorted(Path(settings.DATA_DIR).iterdir())
        if path.name not in LEFT_OUT and not path.name.startswith(database)
    ]


def _dump_database(target: Path) -> dict:
    """Copy the database as it is at one moment, and prove that same moment."""
    if connection.vendor == "sqlite":
        return _dump_sqlite(target)
    # One snapshot for the copy and the proof, though members go on writing.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _program("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}", f"--dbname={_address()}")
        return proof()


def _dump_sqlite(target: Path) -> dict:
    with transaction.atomic():  # writers wait: the copy takes a second, and the proof belongs to it
        source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
        copy = sqlite3.connect(target)
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
        return proof()


# Python before 3.11.4 knows no filters. The seal has proven by then that the archive is one that we made.
ONLY_DATA = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


def restore(file: Path) -> dict:
    """Put a back-up in the place of what is here now; returns its proof and `made_at`. Raises Impossible.

    Nothing is touched until the whole file has been read and found to be good.
    """
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as scratch:
        content = Path(scratch)
        try:
            unseal(file, content / "content.tar.gz", settings.BACKUP_KEY)
            with tarfile.open(content / "content.tar.gz") as archive:
                archive.extractall(content, **ONLY_DATA)
        except (NotReadable, tarfile.TarError, OSError) as error:
            raise Impossible(str(error)) from None
        expected = json.loads((content / "proof.json").read_text())
        _load_database(content / "database")
        _load_files(content)
    if said := differences(expected, proof()):
        raise Impossible("what came back is not what went in: " + "; ".join(said))
    return {**expected, "made_at": datetime.fromisoformat(expected["made_at"])}


def _load_database(source: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        for suffix in ("-wal", "-shm"):
            Path(f"{target}{suffix}").unlink(missing_ok=True)
        source.replace(target)
        return
    _program(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", f"--dbname={_address()}", source
    )


def _load_files(content: Path) -> None:
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    if (content / "media").exists():
        shutil.move(content / "media", settings.MEDIA_ROOT)
    for path in (content / "data").glob("*"):
        target = Path(settings.DATA_DIR) / path.name
        shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(missing_ok=True)
        shutil.move(path, target)


def _address() -> str:
    place = connection.settings_dict
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return " ".join(f"{word}='{place[key]}'" for word, key in words.items() if place[key])


def _program(name: str, *arguments) -> None:
    if not shutil.which(name):
        raise Impossible(f"{name} is not installed; it comes with the package postgresql-client")
    done = subprocess.run([name, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        raise Impossible(f"{name} failed: {done.stderr.strip()[-500:]}")
