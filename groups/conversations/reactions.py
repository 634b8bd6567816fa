"""Reacting to a message, and who sees which reactions."""

from dataclasses import dataclass

from django.db import transaction

from groups.conversations.models import Message, Reaction
from groups.conversations.streams import announce_reactions
from theme.registry import Registry

reacted_registry = Registry("Somebody reacted to a message. function(message)")

ICONS = {
    Reaction.Kind.THUMB: "thumbs-up",
    Reaction.Kind.HEART: "heart",
    Reaction.Kind.SMILE: "smile",
    Reaction.Kind.QUESTION: "circle-help",
    Reaction.Kind.COMPLIMENT: "star",
    Reaction.Kind.HELP: "handshake",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one kind of reaction was given to one message, as one reader may know."""

    kind: str
    label: str
    icon: str
    count: int
    is_mine: bool


@transaction.atomic
def react(*, message: Message, by, kind: str, is_private: bool = False) -> bool:
    """Give a reaction, or take it back when it was given; returns whether it stands now."""
    kind = Reaction.Kind(kind)
    Message.objects.select_for_update().get(pk=message.pk)
    given = Reaction.objects.filter(message=message, member=by, kind=kind)
    stands = not given.delete()[0]
    if stands:
        Reaction.objects.create(message=message, member=by, kind=kind, is_private=is_private)
        for listener in reacted_registry:
            listener(message)
    announce_reactions(message)
    return stands


def tallies(reactions, member=None) -> tuple[list[Tally], list[Tally]]:
    """Public and private tallies of one message, from the reactions that `member` may know of."""
    reactions = list(reactions)
    public = _tally([reaction for reaction in reactions if not reaction.is_private], member)
    private = [
        reaction
        for reaction in reactions
        if reaction.is_private and member and member.pk in (reaction.member_id, reaction.message.author_id)
    ]
    return public, _tally(private, member)


def _tally(reactions: list[Reaction], member) -> list[Tally]:
    counted = {kind: [r for r in reactions if r.kind == kind] for kind in Reaction.Kind}
    return [
        Tally(kind.value, kind.label, ICONS[kind], len(given), any(member and r.member_id == member.pk for r in given))
        for kind, given in counted.items()
        if given
    ]


def choices(message: Message, member) -> list[Tally]:
    """The six reactions, for the sheet in which one is chosen."""
    mine = set(Reaction.objects.filter(message=message, member=member).values_list("kind", flat=True))
    return [Tally(kind.value, kind.label, ICONS[kind], 0, kind in mine) for kind in Reaction.Kind]
