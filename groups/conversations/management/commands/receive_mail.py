"""Take in one mail from standard input, or all that wait in a Maildir; for a mail server's pipe or a timer."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from groups.conversations.mail_in.errors import Dropped
from groups.conversations.mail_in.receiving import receive


class Command(BaseCommand):
    help = "Post mails that answer a notice. Reads one mail from standard input, or with --folder a Maildir."

    def add_arguments(self, parser):
        parser.add_argument("--folder", help="a Maildir: what is in `new` is taken in and moved to `cur`")

    def handle(self, *args, folder, **options):
        mails = self._waiting(folder) if folder else [(None, sys.stdin.buffer.read())]
        tally = {"posted": 0, "refused": 0, "dropped": 0}
        for place, raw in mails:
            tally[self._take_in(raw)] += 1
            if place:
                place.rename(place.parent.parent / "cur" / f"{place.name}:2,S")
        self.stdout.write(", ".join(f"{number} {what}" for what, number in tally.items()))

    @staticmethod
    def _take_in(raw: bytes) -> str:
        try:
            return "posted" if receive(raw) else "refused"
        except Dropped:
            return "dropped"

    @staticmethod
    def _waiting(folder: str):
        maildir = Path(folder)
        if not (maildir / "new").is_dir() or not (maildir / "cur").is_dir():
            raise CommandError(f"{folder} is no Maildir: it needs the folders new and cur.")
        return [(file, file.read_bytes()) for file in sorted((maildir / "new").iterdir()) if file.is_file()]
