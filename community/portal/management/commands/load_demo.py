from django.core.management.base import BaseCommand, CommandError

from community.portal.demo import load_all
from groups.people.models import Member


class Command(BaseCommand):
    help = "Load the demo association into an empty database."

    def handle(self, **options):
        if Member.objects.exists():
            raise CommandError("There are members in this database already; the demo is for an empty one.")
        club = load_all(report=lambda room: self.stdout.write(f"  {room} …"))
        self.stdout.write(f"Loaded {len(club.members)} members in {len(club.subgroups)} groups.")
