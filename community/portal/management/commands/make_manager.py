from allauth.account.models import EmailAddress
from django.core.management.base import BaseCommand
from django.core.validators import validate_email
from django.db import transaction

from groups.people.models import AssociationRole, Member, MembershipKind
from groups.people.services import enrol, grant_role


class Command(BaseCommand):
    help = "Make the first community manager of a new installation. They log in with a code sent by mail."

    def add_arguments(self, parser):
        parser.add_argument("email", type=str.lower)
        parser.add_argument("first_name")
        parser.add_argument("last_name", nargs="?", default="")

    @transaction.atomic
    def handle(self, *, email, first_name, last_name, **options):
        validate_email(email)
        member = Member.objects.filter(email=email).first()
        if member is None:
            member = Member.objects.create_user(email, first_name=first_name, last_name=last_name)
            EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
            kind, _ = MembershipKind.objects.get_or_create(name="Lid")
            enrol(member=member, kind=kind)
        if not member.role_grants.on().filter(role=AssociationRole.COMMUNITY_MANAGER).exists():
            grant_role(member=member, role=AssociationRole.COMMUNITY_MANAGER, by=None)
        self.stdout.write(f"{member} is community manager and logs in with a code sent to {email}.")
