import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from finance.bank.readers import Unreadable, read_statement


class Command(BaseCommand):
    help = "Read a bank file (camt.053, MT940, CSV of ING or Rabobank, or a zip) and print it as JSON. No database."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            statements = read_statement(file.read_bytes(), file.name)
        except (Unreadable, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(json.dumps(statements.as_json(), ensure_ascii=False, indent=2))
