"""For whom something is meant: a rule, asked of the database each time, never a list that grows old."""

from dataclasses import dataclass, field

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.people.models import Enrolment, Member, RoleGrant
from groups.subgroups.models import Membership


class Scope(models.TextChoices):
    PUBLIC = "public", _("Everybody, also without logging in")
    EVERYONE = "everyone", _("All members")
    GROUPS = "groups", _("Members of the chosen groups")


@dataclass(frozen=True, slots=True)
class Audience:
    """`scope` is where one starts; `kinds` (ids) and `roles` (codes) narrow it when they are not empty."""

    scope: str
    subgroups: tuple[int, ...] = ()
    kinds: tuple[str, ...] = field(default=())
    roles: tuple[str, ...] = field(default=())

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
        return found


def one_of(field_name: str, codes) -> Q:
    """Rows that are not narrowed by this field, or narrowed to one of `codes`."""
    found = Q(**{field_name: ""})
    for code in codes:
        found |= Q(**{f"{field_name}__contains": f",{code},"})
    return found
