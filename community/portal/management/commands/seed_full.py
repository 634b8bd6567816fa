import time

from django.core.management.base import BaseCommand, CommandError

from community.portal.full import House, fill
from groups.people.models import Member


class Command(BaseCommand):
    help = "Fill an empty database with fifty full groups and a year of life, to measure at full size."

    def add_arguments(self, parser):
        parser.add_argument("--groups", type=int, default=50)
        parser.add_argument("--places", type=int, default=1024, help="members of each group")
        parser.add_argument("--messages", type=int, default=200_000)

    def handle(self, groups, places, messages, **options):
        if Member.objects.exists():
            raise CommandError("There are members in this database already; the full house is for an empty one.")
        begin = self.last = time.monotonic()
        house = fill(House(groups=groups, places=places, messages=messages), report=self._report)
        took = time.monotonic() - begin
        self.stdout.write(
            f"Filled {len(house.subgroups)} groups with {groups * places} places for {len(house.members)} members "
            f"and {messages} messages in {took:.0f} s."
        )

    def _report(self, room: str) -> None:
        now = time.monotonic()
        self.stdout.write(f"  {now - self.last:6.1f} s · {room} …")
        self.last = now
