from django.core.management.base import BaseCommand, CommandError

from community.portal.checks import setup_faults


class Command(BaseCommand):
    help = "Tell in words what is missing for production."

    def handle(self, **options):
        faults = list(setup_faults())
        for fault in faults:
            self.stdout.write(f"- {fault}")
        if faults:
            raise CommandError(f"{len(faults)} things to look at.")
        self.stdout.write("Everything is ready for members.")
