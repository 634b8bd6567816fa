"""Who may write to whom in private: what people chose, blocks, and the safety of minors."""

from django.db.models import Q

from groups.conversations.models import Barrier, Conversation, TalkChoices
from groups.people.access import current_roles, minors_among, visible_members, wards_of
from groups.people.models import Member
from groups.subgroups.access import my_memberships, rights_by_subgroup


def choices_of(member) -> TalkChoices:
    """The member's choices; not yet saved when they never chose."""
    found = TalkChoices.objects.filter(member=member).first()
    return found or TalkChoices(member=member, shares_reading_since=member.created_at)


def may_write_to(writer, other) -> bool:
    """Whether `writer` may begin a conversation with `other`: as the other chose, and never past a block."""
    if writer.pk == other.pk or not visible_members(writer).filter(pk=other.pk).exists() or is_barred(writer, other):
        return False
    if not safe_together(writer, other):
        return False
    wanted = choices_of(other).who_may_write
    if wanted == TalkChoices.Writers.EVERYBODY:
        return True
    if wanted == TalkChoices.Writers.NOBODY:
        return False
    shared = set(my_memberships(other).values_list("subgroup", flat=True)) & set(rights_by_subgroup(writer))
    if wanted == TalkChoices.Writers.GROUPS:
        return bool(shared) or bool(current_roles(writer))
    rights = rights_by_subgroup(writer)
    return bool(current_roles(writer)) or any("manage_members" in rights[pk] for pk in shared)


def safe_together(one, other) -> bool:
    """Whether these two may write to each other in private as far as the safety of minors goes.

    A minor and an adult do so only when they share a group, when the adult is the minor's guardian, or holds a role of
    the association. What either of them chose comes on top of this.
    """
    minors = minors_among([one.pk, other.pk])
    if len(minors) != 1:
        return True
    child, adult = (one, other) if one.pk in minors else (other, one)
    if wards_of(adult).filter(pk=child.pk).exists() or current_roles(adult):
        return True
    return my_memberships(adult).filter(subgroup__in=my_memberships(child).values("subgroup")).exists()


def is_barred(writer, other) -> bool:
    """Whether one of the two has blocked the other."""
    pairs = Q(member=writer, against=other) | Q(member=other, against=writer)
    return Barrier.objects.filter(pairs, kind=Barrier.Kind.BLOCK).exists()


def others_in(conversation: Conversation, member):
    """The other people in a direct conversation, by name."""
    places = conversation.participants.active().exclude(member=member)
    return Member.objects.filter(pk__in=places.values("member"))


def may_still_write(member, conversation: Conversation) -> bool:
    """In a conversation of two: until somebody blocks, or the other closed the door and never answered."""
    others = list(others_in(conversation, member))
    if len(others) != 1:
        return bool(others)
    other = others[0]
    if not safe_together(member, other):
        return False
    answered = conversation.messages.filter(author=other).exists()
    return not is_barred(member, other) if answered else may_write_to(member, other)
