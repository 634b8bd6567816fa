from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from community.portal.backup.archive import Impossible, newest, restore
from community.privacy.erasure import erase_again
from community.privacy.retention import wipe_all


class Command(BaseCommand):
    help = "Put a back-up in the place of what is here; stop the other processes first."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="the newest one when left out")
        parser.add_argument("--replace", action="store_true", help="also when there are members here already")

    def handle(self, *, file, replace, **options):
        file = file or newest()
        if file is None or not file.exists():
            raise CommandError("There is no back-up to bring back.")
        if not replace and self.has_members():
            raise CommandError("There are members here already. Add --replace to put the back-up in their place.")
        try:
            found = restore(file)
        except Impossible as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0)  # a back-up of an older version
        erased, wiped = erase_again(), wipe_all()
        self.stdout.write(
            f"Brought back the back-up of {found['made_at']:%Y-%m-%d %H:%M} UTC: {sum(found['rows'].values())} rows, "
            f"books and log equal. Erased again: {erased}. Wiped again: {wiped}."
        )

    def has_members(self) -> bool:
        if "people_member" not in connection.introspection.table_names():
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM people_member LIMIT 1")
            return cursor.fetchone() is not None
