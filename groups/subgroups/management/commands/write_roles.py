from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from groups.subgroups.matrix import roles_document

PATH = Path(settings.BASE_DIR) / "docs" / "roles.md"


class Command(BaseCommand):
    help = "Write docs/roles.md from the tables of rights."

    def handle(self, **options):
        PATH.parent.mkdir(exist_ok=True)
        PATH.write_text(roles_document())
        self.stdout.write(f"Wrote {PATH}.")
