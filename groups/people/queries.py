"""Reads for the pages about people: the directory, profiles, suggestions."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery

from groups.people.access import listed_members, visible_values
from groups.people.models import Audience, Enrolment, Interest, Member, ProfileField, ProfileValue


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks for in the directory."""

    words: str = ""
    interest: int | None = None
    among: object = None  # a queryset of values with the key `member`: of one subgroup, of one role


def directory(viewer, wanted: Filter):
    """Listed members who fit, by name; two queries whatever the size. Only what is for all members is searched."""
    found = listed_members(viewer)
    for word in wanted.words.split()[:4]:
        found = found.filter(_named(word) | Q(_says(word)) | _likes(word))
    if wanted.interest:
        found = found.filter(interests=wanted.interest)
    if wanted.among is not None:
        found = found.filter(pk__in=wanted.among)
    found = found.prefetch_related(Prefetch("interests", Interest.objects.order_by("name")))
    return found.order_by("last_name", "first_name", "pk")


def by_name(members, search: str):
    """Those of the queryset `members` whose name has every word of `search`, in order of name."""
    for word in search.split()[:4]:
        members = members.filter(_named(word))
    return members.order_by("last_name", "first_name", "pk")


def _named(word: str) -> Q:
    return Q(first_name__icontains=word) | Q(name_prefix__icontains=word) | Q(last_name__icontains=word)


def _says(word: str):
    """An answer that every member may see; searching in the others would tell what is in them."""
    return Exists(
        ProfileValue.objects.filter(
            member=OuterRef("pk"), field__is_searchable=True, audience=Audience.MEMBERS, value__icontains=word
        )
    )


def _likes(word: str) -> Q:
    close = Interest.objects.filter(Q(name__icontains=word) | Q(synonyms__icontains=word))
    return Q(interests__in=list(close.values_list("pk", flat=True)[:20]))


def on_record(people, search: str, kind: str):
    """People by name, number or address, of a kind of membership or (“gone”) of none, each with `kind_name`."""
    today = Enrolment.objects.on().filter(member=OuterRef("pk"))
    for word in search.split()[:4]:
        people = people.filter(_named(word) | Q(number__istartswith=word) | Q(email__icontains=word))
    if kind == "gone":
        people = people.exclude(Exists(today))
    elif kind.isdigit():
        people = people.filter(Exists(today.filter(kind=int(kind))))
    return people.annotate(kind_name=Subquery(today.values("kind__name")[:1])).order_by("last_name", "first_name", "pk")


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """A profile as one audience sees it; page, preview and export ask the same."""

    person: Member
    values: list[ProfileValue]
    interests: list[Interest]
    audience: str


def profile_for(person: Member, audience: str) -> ProfilePage:
    return ProfilePage(
        person=person,
        values=list(visible_values(person, audience).order_by("field__position", "field__name")),
        interests=list(person.interests.all()),
        audience=audience,
    )


def own_answers(member) -> list[tuple[ProfileField, ProfileValue | None]]:
    """Every field of the association with the member's own answer, for the form."""
    present = {value.field_id: value for value in member.profile_values.all()}
    return [(field, present.get(field.pk)) for field in ProfileField.objects.all()]


@dataclass(frozen=True, slots=True)
class Suggestion:
    person: Member
    reason: str


def suggested_people(member, limit: int = 3) -> list[Suggestion]:
    """Listed members who share most interests; whoever was dismissed never comes back."""
    mine = member.interests.values("pk")
    dismissed = [
        int(about.partition(":")[2])
        for about in member.dismissals.filter(about__startswith="member:").values_list("about", flat=True)
    ]
    shared = (
        listed_members(member)
        .exclude(pk=member.pk)
        .exclude(pk__in=dismissed)
        .filter(interests__in=mine)
        .annotate(shared=Count("interests"))
        .order_by("-shared", "pk")[:limit]
    )
    names = {interest.pk: interest.name for interest in member.interests.all()}
    return [
        Suggestion(person, ", ".join(sorted(names[pk] for pk in _ids(person) if pk in names)))
        for person in shared.prefetch_related("interests")
    ]


def _ids(person) -> list[int]:
    return [interest.pk for interest in person.interests.all()]
