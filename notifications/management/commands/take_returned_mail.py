import sys

from django.core.management.base import BaseCommand

from notifications.returned_mail import read_returned
from notifications.services import report_bounce


class Command(BaseCommand):
    help = "Read one returned mail from standard input, as the mail server pipes it, and count it."

    def handle(self, **options):
        returned = read_returned(sys.stdin.buffer.read())
        if not returned.is_for_good:
            self.stdout.write("Not a mail that came back for good; nothing was counted.")
            return
        known = any(report_bounce(return_path=address, reason=returned.reason) for address in returned.addresses)
        self.stdout.write("Counted." if known else "This was not one of our mails; nothing was counted.")
