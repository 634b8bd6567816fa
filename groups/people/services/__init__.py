"""Every change of who belongs to the association, in which role, and what people tell about themselves."""

from groups.people.services.applications import apply, confirm_application, decide_application
from groups.people.services.belonging import (
    align_ended_roles,
    align_role_groups,
    end_enrolment,
    end_role,
    enrol,
    grant_role,
    role_group_name,
)
from groups.people.services.guardians import add_child, appoint_guardian, end_guardianship
from groups.people.services.merging import merge_members, undo_merge
from groups.people.services.profile import (
    answer_fields,
    change_photo,
    change_profile,
    choose_interests,
    decide_value,
    dismiss,
    note_look,
    note_opening,
)
from groups.people.services.recording import change_kind, change_record, keep_apart

__all__ = [
    "add_child",
    "align_ended_roles",
    "align_role_groups",
    "answer_fields",
    "apply",
    "appoint_guardian",
    "change_kind",
    "change_photo",
    "change_profile",
    "change_record",
    "choose_interests",
    "confirm_application",
    "decide_application",
    "decide_value",
    "dismiss",
    "end_enrolment",
    "end_guardianship",
    "end_role",
    "enrol",
    "grant_role",
    "keep_apart",
    "merge_members",
    "note_look",
    "note_opening",
    "role_group_name",
    "undo_merge",
]
