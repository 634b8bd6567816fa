import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from polls.counting import Malformed
from polls.counting.ballot_file import count_file


class Command(BaseCommand):
    help = "Counts a file of ballots (JSON) and prints the result as JSON. Uses no database."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            result = count_file(file.read_bytes())
        except OSError:
            sys.exit(f"The file {file} cannot be read.")
        except Malformed as error:
            sys.exit(str(error))
        self.stdout.write(json.dumps(result))
