"""The table of rights as a document: docs/roles.md is made from the same tables that decide."""

from django.utils.translation import override

from groups.people.access import RIGHTS
from groups.people.models import AssociationRole
from groups.subgroups.access import ROLE_RIGHTS, SWITCHABLE
from groups.subgroups.kinds import PRESETS
from groups.subgroups.models import Subgroup, SubgroupRole
from groups.subgroups.rights import RIGHT_LABELS

HEAD = """# Who may do what

Made from the tables in `groups/people/access.py` and `groups/subgroups/access.py` by `manage.py write_roles`; a test
fails when this file is older than they are. A role holds between its dates, both included, in Amsterdam time.
What somebody may not know about is "not found" (404); what they may see but not do is refused (403).
"""


def roles_document() -> str:
    """The whole of docs/roles.md, in English whatever language is active."""
    with override("en"):
        parts = [HEAD, *_association(), *_subgroups(), *_kinds()]
    return "\n".join(parts) + "\n"


def _association() -> list[str]:
    rights = sorted(frozenset().union(*RIGHTS.values()))
    roles = list(AssociationRole)
    table = _table(
        "Right", [role.label for role in roles], [(right, [right in RIGHTS[r] for r in roles]) for right in rights]
    )
    return ["## In the association\n", *table, ""]


def _subgroups() -> list[str]:
    roles = [SubgroupRole.MEMBER, SubgroupRole.MODERATOR, SubgroupRole.GELDCHEF, SubgroupRole.MANAGER]
    rows = [
        (f"{label}{' *' if code in SWITCHABLE else ''}", [code == "enter" or code in ROLE_RIGHTS[r] for r in roles])
        for code, label in RIGHT_LABELS.items()
    ]
    note = "\\* can be switched on and off per role and per subgroup by its managers."
    return ["## In a subgroup\n", *_table("Right", [role.label for role in roles], rows), "", note, ""]


def _kinds() -> list[str]:
    rows = [
        "| {} | {} | {} | {} |".format(
            Subgroup.Kind(kind).label,
            ", ".join(preset.modules),
            Subgroup.JoinPolicy(preset.join_policy).label,
            "yes" if preset.is_hidden else "no",
        )
        for kind, preset in PRESETS.items()
    ]
    return ["## What a kind of subgroup sets\n", "| Kind | Parts | Joining | Hidden |", "|---|---|---|---|", *rows]


def _table(first: str, columns: list, rows: list) -> list[str]:
    head = f"| {first} | {' | '.join(str(column) for column in columns)} |"
    lines = [f"| {name} | {' | '.join('yes' if cell else '' for cell in cells)} |" for name, cells in rows]
    return [head, "|---" * (len(columns) + 1) + "|", *lines]
