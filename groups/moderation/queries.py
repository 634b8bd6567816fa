"""Guidelines in force, and who still has to accept them."""

from django.db.models import OuterRef, Q, Subquery

from groups.moderation.models import Acceptance, Guideline
from groups.people.access import enrolled_members


def in_force(guidelines):
    """Of each set the newest version only."""
    newest = Guideline.objects.filter(subgroup=OuterRef("subgroup")).order_by("-version").values("pk")[:1]
    newest_of_all = Guideline.objects.filter(subgroup__isnull=True).order_by("-version").values("pk")[:1]
    return guidelines.filter(
        Q(subgroup__isnull=False, pk=Subquery(newest)) | Q(subgroup__isnull=True, pk=Subquery(newest_of_all))
    )


def to_accept(member, guidelines):
    """Those in force that the member has not accepted."""
    return in_force(guidelines).exclude(pk__in=Acceptance.objects.filter(member=member).values("guideline"))


def not_yet_accepted(guideline):
    """Members who still have to accept this version."""
    circle = enrolled_members()
    if guideline.subgroup_id:
        circle = circle.filter(pk__in=guideline.subgroup.memberships.active().values("member"))
    return circle.exclude(pk__in=guideline.acceptances.values("member"))
