"""Every change of subgroups, memberships and roles: the record of who belongs and the auth groups change together."""

from groups.subgroups.services.closing_places import close_places, reopen_places
from groups.subgroups.services.defaults import align_self_filling, end_guests, place_in_defaults
from groups.subgroups.services.invitations import (
    accept_invitation,
    ask_about_invitation,
    decline_invitation,
    invite_address,
    invite_member,
    make_link,
    open_invitation,
    revoke_invitation,
)
from groups.subgroups.services.leaving import end_membership, end_memberships, leave
from groups.subgroups.services.lifecycle import (
    archive_subgroup,
    change_picture,
    change_subgroup,
    confirm_description,
    create_subgroup,
    decide_proposal,
    free_slug,
    merge_subgroups,
    propose_subgroup,
    reopen_subgroup,
    split_subgroup,
)
from groups.subgroups.services.many import add_members
from groups.subgroups.services.membership import (
    add_member,
    close_grants,
    join,
    managers,
    role_group,
)
from groups.subgroups.services.removal import expel_member, lift_ban, remove_member, reply_to_removal
from groups.subgroups.services.requests import ask_to_join, decide_request, withdraw_request
from groups.subgroups.services.roles import (
    answer_offer,
    end_subgroup_role,
    give_personal_right,
    grant_subgroup_role,
    offer_role,
    switch_module,
    switch_right,
    withdraw_offer,
)
from groups.subgroups.services.waiting import give_up_waiting, offer_free_places, take_place, wait_for_place

__all__ = [
    "accept_invitation",
    "add_member",
    "add_members",
    "align_self_filling",
    "answer_offer",
    "archive_subgroup",
    "ask_about_invitation",
    "ask_to_join",
    "change_picture",
    "change_subgroup",
    "close_grants",
    "close_places",
    "confirm_description",
    "create_subgroup",
    "decide_proposal",
    "decide_request",
    "decline_invitation",
    "end_guests",
    "end_membership",
    "end_memberships",
    "end_subgroup_role",
    "expel_member",
    "free_slug",
    "give_personal_right",
    "give_up_waiting",
    "grant_subgroup_role",
    "invite_address",
    "invite_member",
    "join",
    "leave",
    "lift_ban",
    "make_link",
    "managers",
    "merge_subgroups",
    "offer_free_places",
    "offer_role",
    "open_invitation",
    "place_in_defaults",
    "propose_subgroup",
    "remove_member",
    "reopen_places",
    "reopen_subgroup",
    "reply_to_removal",
    "revoke_invitation",
    "role_group",
    "split_subgroup",
    "switch_module",
    "switch_right",
    "take_place",
    "wait_for_place",
    "withdraw_offer",
    "withdraw_request",
]
