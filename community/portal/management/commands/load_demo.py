from django.core.management.base import BaseCommand

from community.portal.demo import PASSWORD, PEOPLE
from groups.people.models import Member, MembershipKind
from groups.people.services import enrol
from groups.subgroups.models import Subgroup
from groups.subgroups.services import add_member, create_subgroup


class Command(BaseCommand):
    help = "Load the demo association into an empty database."

    def handle(self, **options):
        kind = MembershipKind.objects.create(name="Lid")
        people = [Member.objects.create_user(e, PASSWORD, first_name=e.split("@")[0].title()) for e in PEOPLE.values()]
        for p in people:
            p.emailaddress_set.create(email=p.email, verified=True, primary=True)
            enrol(member=p, kind=kind)
        group = create_subgroup(
            name="Zomertocht Friesland",
            description="Alles voor de tocht.",
            by=None,
            manager=people[3],
            join_policy=Subgroup.JoinPolicy.OPEN,
            icon="waves",
            hue="amber",
        )
        add_member(subgroup=group, member=people[0])
