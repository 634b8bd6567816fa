"""For whom something is meant: a rule, asked of the database each time, never a list that grows old."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from groups.people.models import Enrolment, Interest, Member, RoleGrant
from groups.subgroups.models import Membership


class Scope(models.TextChoices):
    PUBLIC = "public", _("Everybody, also without logging in")
    EVERYONE = "everyone", _("All members")
    GROUPS = "groups", _("Members of the chosen groups")


@dataclass(frozen=True, slots=True)
class Audience:
    """`scope` is where one starts; `kinds`, `interests` (ids) and `roles` (codes) narrow it when not empty."""

    scope: str
    subgroups: tuple[int, ...] = ()
    kinds: tuple[str, ...] = field(default=())
    roles: tuple[str, ...] = field(default=())
    interests: tuple[str, ...] = field(default=())

    def members(self):
        """The people it reaches today, each once, however many of the groups they are in."""
        found = Member.objects.filter(is_active=True)
        if self.scope == Scope.GROUPS:
            places = Membership.objects.active().filter(subgroup__in=self.subgroups, subgroup__archived_at__isnull=True)
            found = found.filter(pk__in=places.values("member"))
        else:
            found = found.filter(pk__in=Enrolment.objects.on().values("member"))
        if self.kinds:
            found = found.filter(pk__in=Enrolment.objects.on().filter(kind__in=self.kinds).values("member"))
        if self.roles:
            found = found.filter(pk__in=RoleGrant.objects.on().filter(role__in=self.roles).values("member"))
        if self.interests:
            likes = Interest.members.through.objects.filter(interest__in=self.interests)
            found = found.filter(pk__in=likes.values("member"))
        return found


def one_of(field_name: str, codes) -> Q:
    """Rows that are not narrowed by this field, or narrowed to one of `codes`."""
    found = Q(**{field_name: ""})
    for code in codes:
        found |= Q(**{f"{field_name}__contains": f",{code},"})
    return found


def likes_one(member) -> Q:
    """Rows that ask for no interest, or for one that this member has. One condition, no query of its own."""
    likes = (
        Interest.members.through.objects.filter(member=member)
        .annotate(
            code=Concat(Value(","), Cast("interest_id", CharField()), Value(",")),
            asked=ExpressionWrapper(OuterRef("interests"), output_field=CharField()),
        )
        .filter(asked__contains=F("code"))
    )
    return Q(interests="") | Q(Exists(likes))
