"""Refusals around subgroups that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class UmbrellaFull(Refusal):
    message = _("There are already 50 active groups. Archive a group first, then there is room for a new one.")


class SubgroupFull(Refusal):
    message = _("This group is full: 1,024 members is the limit.")


class SubgroupArchived(Refusal):
    message = _("This group is archived. You can read back, but not join or post.")


class NotOpenToJoin(Refusal):
    message = _("You cannot join this group by yourself. Ask one of its managers.")


class LastManager(Refusal):
    message = _("You are the only manager. Name a successor first, then you can leave.")


class NotAMember(Refusal):
    message = _("This person is not a member of the group.")
