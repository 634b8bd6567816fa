"""Which live streams a member follows because of subgroups."""

from groups.subgroups.access import open_memberships
from notifications.live import stream_registry


@stream_registry
def subgroup_streams(member) -> set[str]:
    return {f"subgroup.{pk}" for pk in open_memberships(member).values_list("subgroup_id", flat=True)}
