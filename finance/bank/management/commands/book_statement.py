from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from finance.bank.services import import_statement
from theme.errors import Refusal


class Command(BaseCommand):
    help = "Book a bank file: every line once, payments with a reference to their requests."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would happen and change nothing")

    def handle(self, *, file, dry_run, **options):
        try:
            results = import_statement(content=file.read_bytes(), filename=file.name, dry_run=dry_run)
        except (Refusal, OSError) as refused:
            raise CommandError(str(refused)) from refused
        for result in results:
            self.stdout.write(self._report(result))
        if dry_run:
            self.stdout.write("Dry run: nothing was kept.")

    def _report(self, result) -> str:
        statement = result.statement_import
        if result.repeated:
            return f"{statement.bank_account.iban}: this file was booked before; nothing added."
        adds_up = {True: "adds up", False: "DOES NOT ADD UP, not matched", None: "has no balances"}[statement.adds_up]
        return (
            f"{statement.bank_account.iban}: {statement.lines_new} new lines, {statement.lines_known} known, "
            f"{result.matched} matched; the file {adds_up}."
        )
