from django.core.management.base import BaseCommand, CommandError

from finance.ledger.models import Account, Entry, Seal
from finance.ledger.seals import faults


class Command(BaseCommand):
    help = "Prove that the books are complete and unchanged: balances, seals and the guards in the database."

    def handle(self, **options):
        found = faults()
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"The ledger does not verify: {len(found)} fault(s).")
        self.stdout.write(
            f"The ledger verifies: {Entry.objects.count()} entries, {Account.objects.count()} accounts, "
            f"{Seal.objects.count()} sealed days."
        )
