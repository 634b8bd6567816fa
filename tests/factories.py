"""Small makers of rows, with no surprises: a test states every value that it asserts on."""

import factory
from django.utils import timezone

from groups.people.models import Enrolment, Member, MembershipKind
from groups.people.services import grant_role
from groups.subgroups.models import Subgroup, SubgroupRole
from groups.subgroups.services import add_member, create_subgroup, grant_subgroup_role


class MembershipKindFactory(factory.django.DjangoModelFactory):
    name = "Lid"

    class Meta:
        model = MembershipKind
        django_get_or_create = ["name"]


class MemberFactory(factory.django.DjangoModelFactory):
    """A member who belongs to the association since last year, unless `enrolled=False`."""

    first_name = factory.Sequence(lambda n: f"Lid{n}")
    last_name = "Voorbeeld"
    email = factory.Sequence(lambda n: f"lid{n}@vereniging.example")

    class Meta:
        model = Member
        skip_postgeneration_save = True

    @factory.post_generation
    def enrolled(self, create, extracted, **kwargs):
        if extracted is not False:
            Enrolment.objects.create(
                member=self,
                kind=MembershipKindFactory(),
                starts_on=timezone.localdate().replace(year=timezone.localdate().year - 1, day=1),
            )


class SubgroupFactory(factory.Factory):
    """A subgroup made as the product makes it, with its role groups."""

    name = factory.Sequence(lambda n: f"Groep {n}")
    description = "Waar deze groep voor is."
    by = None

    class Meta:
        model = Subgroup

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return create_subgroup(*args, **kwargs)


def member_of(subgroup, role=SubgroupRole.MEMBER, **fields):
    """A new member with a place in the subgroup, and the role when it is more than plain member."""
    member = MemberFactory(**fields)
    add_member(subgroup=subgroup, member=member)
    if role != SubgroupRole.MEMBER:
        grant_subgroup_role(subgroup=subgroup, member=member, role=role, by=None)
    return member


def member_with(role, **fields):
    """A new member who holds a role of the association, for example AssociationRole.BOARD."""
    member = MemberFactory(**fields)
    grant_role(member=member, role=role, by=None)
    return member
