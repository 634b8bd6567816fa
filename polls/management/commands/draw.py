import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from polls.counting.sortition import drawn_order


class Command(BaseCommand):
    help = "Draws lots that can be run again: prints the lines of a file in the order that belongs to a seed."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("seed", help="what was thrown, drawn or agreed on before, word for word")
        parser.add_argument("file", type=Path, help="one name per line")
        parser.add_argument("--number", type=int, default=None, help="how many names to print")

    def handle(self, *args, seed, file: Path, number, **options):
        try:
            names = [line.strip() for line in file.read_text().splitlines() if line.strip()]
        except (OSError, UnicodeDecodeError):
            sys.exit(f"The file {file} cannot be read.")
        if not names or len(set(names)) != len(names):
            sys.exit("The file must name at least one person, and nobody twice.")
        for name in drawn_order(seed, names)[:number]:
            self.stdout.write(name)
