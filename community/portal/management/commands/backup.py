from django.core.management.base import BaseCommand, CommandError

from community.portal.backup.archive import Impossible, make_backup


class Command(BaseCommand):
    help = "Write database, files and keys to one encrypted file in COMMUNITY_BACKUP_FOLDER."

    def handle(self, **options):
        try:
            file = make_backup()
        except Impossible as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Wrote {file} ({file.stat().st_size / 1_000_000:.1f} MB).")
