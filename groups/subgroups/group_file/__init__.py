"""Groups come in and go out as a file: read, compared, taken over, undone, exported."""

from groups.subgroups.group_file.applying import apply_groups, undo_groups
from groups.subgroups.group_file.exporting import group_lines
from groups.subgroups.group_file.planning import plan_groups

__all__ = ["apply_groups", "group_lines", "plan_groups", "undo_groups"]
