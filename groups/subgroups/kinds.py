"""What choosing a kind of subgroup sets from the start. Everything can be changed afterwards, per subgroup."""

from dataclasses import dataclass

from groups.subgroups.models import Subgroup

Kind, Policy = Subgroup.Kind, Subgroup.JoinPolicy
EVERYTHING = ("chat", "threads", "polls", "pot", "agenda", "tasks", "files")


@dataclass(frozen=True, slots=True)
class Preset:
    """Parts, way of joining, and which rights plain members do not have or have extra."""

    modules: tuple[str, ...]
    join_policy: str
    is_hidden: bool = False
    icon: str = "users"
    members_may: frozenset[str] = frozenset()
    members_may_not: frozenset[str] = frozenset()
    shows_itself: bool = False  # its board, pot and news, to everybody who may know the group


PRESETS: dict[str, Preset] = {
    Kind.BRANCH: Preset(
        EVERYTHING,
        Policy.REQUEST,
        icon="map-pin",
        members_may_not=frozenset({"start_poll"}),
        shows_itself=True,
    ),
    Kind.COMMITTEE: Preset(
        EVERYTHING, Policy.INVITATION, icon="wrench", members_may=frozenset({"plan_event", "open_pot"})
    ),
    Kind.PROJECT: Preset(EVERYTHING, Policy.REQUEST, icon="flag", members_may=frozenset({"plan_event"})),
    Kind.INTEREST: Preset(EVERYTHING, Policy.OPEN),
    Kind.EDITORIAL: Preset(("chat", "threads", "agenda", "files"), Policy.INVITATION, icon="newspaper"),
    Kind.CONTENT: Preset(
        ("threads", "files"), Policy.OPEN, icon="book-open", members_may_not=frozenset({"start_poll"})
    ),
    Kind.NETWORK: Preset(("chat", "threads", "agenda"), Policy.OPEN, icon="handshake"),
    Kind.BOARD: Preset(
        ("chat", "threads", "polls", "agenda", "tasks", "files"),
        Policy.CLOSED,
        is_hidden=True,
        icon="landmark",
        members_may=frozenset({"plan_event"}),
    ),
    Kind.SOUNDING_BOARD: Preset(
        ("threads", "polls"), Policy.INVITATION, icon="messages-square", members_may_not=frozenset({"start_poll"})
    ),
}


def shows_itself(subgroup: Subgroup) -> bool:
    """Whether its own page shows board, pot and news to who is not in it; a group nobody may know shows nothing."""
    return PRESETS[subgroup.kind].shows_itself and not subgroup.is_hidden and subgroup.archived_at is None
