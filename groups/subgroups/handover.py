"""What hangs on a role: each app above says what it would hand over, and does it when a successor accepts."""

from collections.abc import Callable
from dataclasses import dataclass

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Hanging:
    """Things that hang on somebody's role: how many, in words, and how they go to the successor."""

    label: str
    count: int
    pass_on: Callable[..., None]


handover_registry = Registry("What hangs on this role? function(subgroup, role, member) -> Hanging or None")


def what_hangs(subgroup, role: str, member) -> list[Hanging]:
    """Everything that goes along when `member` hands over `role`; nothing stays with who has no role."""
    found = [ask(subgroup, role, member) for ask in handover_registry]
    return [hanging for hanging in found if hanging and hanging.count]


def hand_over(subgroup, role: str, old, new) -> None:
    for hanging in what_hangs(subgroup, role, old):
        hanging.pass_on(old=old, new=new)
