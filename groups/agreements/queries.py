"""Which versions count, who still has to accept them, and how many did."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from groups.agreements.models import Acceptance, AgreedText
from groups.people.access import enrolled_members
from theme.kept import today
from theme.small_cells import is_small


def in_force(texts):
    """Of each text the newest version whose day has come."""
    day = today()
    newer = AgreedText.objects.filter(kind=OuterRef("kind"), version__gt=OuterRef("version"), takes_effect_on__lte=day)
    of_all = newer.filter(subgroup__isnull=True)
    of_group = newer.filter(subgroup=OuterRef("subgroup"))
    return texts.filter(takes_effect_on__lte=day).exclude(
        Q(Exists(of_all), subgroup__isnull=True) | Q(Exists(of_group), subgroup__isnull=False)
    )


def announced(texts):
    """Of each text the newest version, as long as its day is still to come."""
    newer = AgreedText.objects.filter(kind=OuterRef("kind"), version__gt=OuterRef("version"))
    of_all = newer.filter(subgroup__isnull=True)
    of_group = newer.filter(subgroup=OuterRef("subgroup"))
    return texts.filter(takes_effect_on__gt=today()).exclude(
        Q(Exists(of_all), subgroup__isnull=True) | Q(Exists(of_group), subgroup__isnull=False)
    )


def not_accepted_by(member, texts):
    """Those the member accepted neither in this version nor in a newer one of the same text."""
    accepted = Acceptance.objects.filter(
        member=member.pk, text__kind=OuterRef("kind"), text__version__gte=OuterRef("version")
    )
    of_all = accepted.filter(text__subgroup__isnull=True)
    of_group = accepted.filter(text__subgroup=OuterRef("subgroup"))
    return texts.exclude(Q(Exists(of_all), subgroup__isnull=True) | Q(Exists(of_group), subgroup__isnull=False))


def to_accept(member, texts):
    """Those in force that the member has not accepted."""
    return not_accepted_by(member, in_force(texts))


def not_yet_accepted(text: AgreedText):
    """Members who still have to accept this version."""
    return _circle(text).exclude(pk__in=_accepted(text).values("member"))


def _circle(text: AgreedText):
    circle = enrolled_members()
    if text.subgroup_id:
        circle = circle.filter(pk__in=text.subgroup.memberships.active().values("member"))
    return circle


def _accepted(text: AgreedText):
    return Acceptance.objects.filter(
        text__kind=text.kind, text__subgroup=text.subgroup_id, text__version__gte=text.version
    )


def version_before(text: AgreedText) -> AgreedText | None:
    """The version that this one follows."""
    older = AgreedText.objects.filter(kind=text.kind, subgroup=text.subgroup_id, version__lt=text.version)
    return older.order_by("-version").first()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many members have to accept a version and how many did; None where a number would point at a few people."""

    everybody: int
    accepted: int | None
    waiting: int | None


def tally(text: AgreedText) -> Tally:
    """The one number follows from the other, so both are left out when either is small; nobody and everybody say it."""
    everybody = _circle(text).count()
    waiting = not_yet_accepted(text).count()
    if is_small(waiting) or is_small(everybody - waiting):
        return Tally(everybody, None, None)
    return Tally(everybody, everybody - waiting, waiting)


def acceptances_of(member):
    """What the member accepted and when, newest first."""
    return Acceptance.objects.filter(member=member).select_related("text__subgroup").order_by("-at", "-pk")
