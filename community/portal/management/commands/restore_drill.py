import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from community.portal.backup.archive import newest

DRILL = "paraplu_restore_drill"


class Command(BaseCommand):
    help = "Bring the newest back-up back on an empty place beside the real one, compare everything, and throw it away."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *, file, **options):
        file = file or newest()
        if file is None:
            raise CommandError("There is no back-up to try.")
        with tempfile.TemporaryDirectory() as folder, empty_database(Path(folder)) as database:
            environment = os.environ | {
                "COMMUNITY_DATA_DIR": folder,
                "COMMUNITY_MEDIA_ROOT": f"{folder}/media",
                "COMMUNITY_STATIC_ROOT": f"{folder}/static",
                "COMMUNITY_DATABASE_URL": database,
                "COMMUNITY_BACKUP_KEY": settings.BACKUP_KEY,
                "COMMUNITY_SECRET_KEY": settings.SECRET_KEY,
            }
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(file.resolve())]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise CommandError(f"The drill failed: {done.stderr.strip()[-1000:]}")
        self.stdout.write(f"The drill went well. {done.stdout.strip()}")


@contextmanager
def empty_database(folder: Path):
    """The address of a database that exists only during the drill."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder}/drill.sqlite3"
        return
    place = connection.settings_dict
    password = f":{place['PASSWORD']}" if place["PASSWORD"] else ""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DRILL}")
        cursor.execute(f"CREATE DATABASE {DRILL}")
    try:
        yield f"postgres://{place['USER']}{password}@{place['HOST']}:{place['PORT'] or 5432}/{DRILL}"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DRILL} WITH (FORCE)")
