"""Who reads and writes which texts, and what still stands between a member and the house."""

from django.db.models import Q, Value

from groups.agreements.models import ENTRY_KINDS, AgreedText
from groups.agreements.queries import announced, not_accepted_by, to_accept
from groups.people.access import may_for_association, standing_registry, standing_rows
from groups.subgroups.access import entered_ids

DUE, COMING = "agreement due", "agreement coming"


def visible_texts(member):
    """What everybody may read before they come in; members read the guidelines too, those of their groups included."""
    public = Q(kind__in=ENTRY_KINDS)
    if not member.is_authenticated:
        return AgreedText.objects.filter(public)
    return AgreedText.objects.filter(public | Q(subgroup__isnull=True) | Q(subgroup__in=entered_ids(member)))


def visible_guidelines(member):
    """The guidelines of the association, and those of the groups the member is in."""
    return visible_texts(member).exclude(kind__in=ENTRY_KINDS)


def texts_of_entry():
    """The texts that everybody accepts who wants to use the house."""
    return AgreedText.objects.filter(kind__in=ENTRY_KINDS)


def may_keep_texts(member) -> bool:
    """Whether the member writes the privacy statement and the terms, and sees how many accepted them."""
    return may_for_association(member, "keep_terms")


@standing_registry
def texts_as_standing(member):
    """Asked with everything else that every page asks, so that it costs no query of its own."""
    texts = AgreedText.objects.filter(kind__in=ENTRY_KINDS).order_by()
    due = to_accept(member, texts).values_list(Value(DUE), "pk", Value(""))
    coming = not_accepted_by(member, announced(texts)).values_list(Value(COMING), "pk", Value(""))
    return due.union(coming, all=True)


def due_texts(member) -> list[int]:
    """Versions in force that the member has yet to accept, by number."""
    return [number for number, _ in standing_rows(member, DUE)]


def coming_texts(member) -> list[int]:
    """Announced versions that the member may already accept, by number."""
    return [number for number, _ in standing_rows(member, COMING)]
