"""How the books call their accounts and entries for people; files keep the codes."""

from django.utils.translation import gettext_lazy as _

# The words of an account's code, one by one; what is not named here, like a number, stays as it is.
PARTS = {
    "accounts": _("accounts"),
    "bank": _("bank"),
    "between": _("between own"),
    "cash": _("cash"),
    "claims": _("to claim back"),
    "contributions": _("contributions"),
    "costs": _("costs"),
    "debt": _("owed"),
    "expense": _("expense"),
    "fees": _("membership fees"),
    "general": _("general"),
    "held": _("to be decided"),
    "income": _("income"),
    "online": _("payment service"),
    "opening": _("opening balance"),
    "other": _("other"),
    "pot": _("pot"),
    "practice": _("practice bank"),
    "receivable": _("to receive"),
    "refunds": _("to pay back"),
    "spent": _("spent"),
    "surplus": _("surplus"),
    "suspense": _("to match"),
    "written-off": _("written off"),
}

# Entries that nobody wrote a memo with.
KINDS = {
    "bank_line": _("bank line"),
    "bank_match": _("bank line matched"),
    "cash": _("received in cash"),
    "chargeback": _("chargeback undone"),
    "claim": _("chargeback settled"),
    "opening": _("opening balance"),
    "refund": _("paid back"),
}


def account_name(code: str, ring: str = "", ring_name: str = "") -> str:
    """The account of a ring by the name of that ring, where it is known: “contributions “Club clothes””."""
    if ring_name:
        return f"{account_name(code.removesuffix(f':{ring}'))} “{ring_name}”"
    return " ".join(str(PARTS.get(part, part)) for part in code.split(":"))


def entry_name(entry) -> str:
    return entry.memo or str(KINDS.get(entry.kind, entry.kind.replace("_", " ")))
