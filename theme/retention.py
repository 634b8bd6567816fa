"""What is wiped after a term. Each app says which of its rows may go; community/privacy keeps the terms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One kind of rows that has a term.

    `wipe(before, subgroup_id, limit)` removes at most `limit` rows older than `before` and returns how many; it is
    called again until it returns 0. `subgroup_id` is None for rules that are not per subgroup. `days` is the term
    until the association chooses another; None keeps the rows until somebody chooses a term.
    """

    code: str
    label: str | Promise
    days: int | None
    wipe: Callable[[datetime, int | None, int], int]
    per_subgroup: bool = False
    proposed_days: int | None = None


held_registry = Registry("Which groups does a legal hold keep? function() -> their ids")


hold_lock_registry = Registry("Let no legal hold begin before this transaction is over. function() -> None")


def keep_holds_out() -> None:
    """At the start of a batch that takes something away, before it asks what is held: a hold that is being confirmed
    waits until the batch is done, or the batch sees it. Needs a transaction."""
    for wait in hold_lock_registry:
        wait()


def held_groups() -> list[int]:
    return [number for ask in held_registry for number in ask()]


def not_held(rows, group: str):
    """Of these rows those that no legal hold keeps; `group` leads from a row to its group. For rules of everything."""
    held = held_groups()
    return rows.exclude(**{f"{group}__in": held}) if held else rows


def take_away(rows, limit: int) -> int:
    """Remove at most `limit` of the rows, oldest first; returns how many. For rules without files or counts."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    rows.model.objects.filter(pk__in=ids).delete()
    return len(ids)


_rules: dict[str, RetentionRule] = {}


def register_rule(rule: RetentionRule) -> RetentionRule:
    _rules[rule.code] = rule
    return rule


def retention_rules() -> list[RetentionRule]:
    return list(_rules.values())


def retention_rule(code: str) -> RetentionRule:
    return _rules[code]
