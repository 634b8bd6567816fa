"""What a back-up must still hold after it has come back: rows, balances and chains."""

import hashlib
import json

from django.apps import apps
from django.db.models import Sum

from finance.ledger.models import Account, Line
from groups.people.audit import broken_links
from groups.people.models import AuditLink


def proof() -> dict:
    """Counts of every table, the balances of the books, and where the chain of the log stands."""
    return {"rows": _rows(), "books": _books(), "log": _log()}


def differences(expected: dict, found: dict) -> list[str]:
    """In words: what differs between two proofs. Empty: they are equal."""
    said = [
        f"{model}: {count} rows in the back-up, {found['rows'].get(model, 0)} now"
        for model, count in expected["rows"].items()
        if found["rows"].get(model, 0) != count
    ]
    said += [f"the {part} differ" for part in ("books", "log") if expected[part] != found[part]]
    return said


def _rows() -> dict[str, int]:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return {
        model._meta.label: model._base_manager.count()
        for model in sorted(models, key=lambda model: model._meta.label)
        if not model._meta.proxy
    }


def _books() -> dict:
    balances = list(Account.objects.order_by("code").values_list("code", "balance_cents"))
    moved = Line.objects.aggregate(cents=Sum("cents", default=0))["cents"]
    return {
        "accounts": len(balances),
        "sum_cents": sum(cents for _, cents in balances),
        "moved_cents": int(moved),
        "digest": hashlib.sha256(json.dumps(balances).encode()).hexdigest(),
    }


def _log() -> dict:
    last = AuditLink.objects.order_by("-position").first()
    return {"length": last.position if last else 0, "digest": last.digest if last else "", "broken": broken_links()}
