"""Play a year of fees on the demo: people, runs, bank files, returns and write-offs; then prove that all agrees."""

from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from community.portal.demo.year import Year
from finance.fees.models import FeePlan


class Command(BaseCommand):
    help = "Play the year that comes through the fees of the demo, and check that books, invoices and members agree."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1904)
        parser.add_argument("--year", type=int, default=None, help="the year to play (the one after this)")

    @transaction.atomic
    def handle(self, seed, year, **options):
        if settings.PRODUCTION:
            raise CommandError("This plays with invented members and money; it is for a demo only.")
        if not FeePlan.objects.exists():
            raise CommandError("There are no fee plans here; load the demo first (manage.py load_demo).")
        played = Year(seed=seed, year=year or date.today().year + 1, report=self.stdout.write)  # noqa: DTZ011
        played.play()
        if faults := played.faults():
            raise CommandError("\n".join(faults))
        self.stdout.write(played.summary())
