"""Who sees which topics, and who looks after questions."""

from django.db.models import Q

from groups.conversations.access import visible_conversations
from groups.people.access import current_roles, may_for_association
from groups.people.models import AssociationRole, Member, RoleGrant
from groups.subgroups.access import entered_subgroups, may, subgroups_with_right, with_module
from groups.subgroups.models import SubgroupRole, SubgroupRoleGrant
from groups.topics.models import Argument, Topic


def visible_topics(member):
    """Topics of discussions that this member may read now."""
    return Topic.objects.filter(conversation__in=visible_conversations(member))


def subgroups_to_start_in(member):
    """Groups with discussions in which this member may start one, by name."""
    return with_module(subgroups_with_right(member, "start_thread"), "threads").order_by("name")


def visible_arguments(member):
    return Argument.objects.filter(topic__in=visible_topics(member))


def handles_everywhere(member) -> bool:
    """The board and the moderators of the association look after questions in every group they are in."""
    return may_for_association(member, "moderate") or AssociationRole.BOARD in current_roles(member)


def may_handle(member, topic: Topic) -> bool:
    """Whether the member decides on suggestions and answers questions here; the caller has checked that they see it."""
    return may(member, "moderate", topic.conversation.subgroup) or handles_everywhere(member)


def handled_topics(member):
    """Topics of the groups whose moderator or manager the member is; for the board and moderators of all their own."""
    groups = entered_subgroups(member) if handles_everywhere(member) else subgroups_with_right(member, "moderate")
    return visible_topics(member).filter(conversation__subgroup__in=groups.values("pk"))


def may_close(member, topic: Topic) -> bool:
    """Who started it may say that it is over, and who moderates the group."""
    return topic.conversation.started_by_id == member.pk or may_handle(member, topic)


def handlers_of(subgroup):
    """Members of the group who look after its questions, as a queryset of members."""
    here = subgroup.memberships.active()
    roles = [SubgroupRole.MANAGER, SubgroupRole.MODERATOR]
    held = SubgroupRoleGrant.objects.on().filter(membership__in=here, role__in=roles).values("membership__member")
    board = RoleGrant.objects.on().filter(role=AssociationRole.BOARD).values("member")
    return Member.objects.filter(is_active=True, pk__in=here.values("member")).filter(Q(pk__in=held) | Q(pk__in=board))
