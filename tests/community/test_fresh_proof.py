"""What moves money out, gives somebody a right or takes data out of the house asks once more who you are.

Whoever adds an address to the rooms of money, roles and privacy, or one that hands out a file, must say here
which of the two it is: an act that asks for proof, or one that does not need it.
"""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from groups.people.models import AssociationRole
from groups.people.services import grant_role
from tests.community.rights_world import OPEN_TO_ALL, doors
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory

pytestmark = pytest.mark.django_db

PROVED = {
    # money that goes out, debts that end, accounts that money is asked for or collected on
    *("confirm-close", "keep-open", "manage-pot", "payment-return", "payback-cash", "payback-online", "claim-settle"),
    *(
        "online-refund",
        "refund-approve",
        "refund-cancel",
        "bank-line-refund",
        "bank-line-payout",
        "bank-account",
        "new-savings",
        "leave-savings",
    ),
    *("expense-approve", "expense-pay", "fee-refund", "decide-write-off", "start-fee-run", "cancel-fee-run"),
    *("fee-debit-settings", "take-over-mandates", "paper-mandate", "change-mandate", "approve-fee-collection"),
    *("tell-fee-collection", "cancel-fee-collection", "export-fee-collection"),
    # who may do what
    *("handover", "roles", "end-association-role", "desk-member", "end-subgroup-role", "desk-rights", "children"),
    *("add-guardian", "end-guardian", "merge-members", "expel-member", "end-membership-of", "subgroup-future"),
    # data that leaves the house, comes in by the hundred, or ends
    *("register-export", "register-import", "privacy-export", "privacy-erasure", "books-csv", "books-xaf", "pot-csv"),
    *("export-groups", "group-import", "clear-subgroup", "new-agreement", "safety-rules"),
    *("pot-pdf", "fee-letter", "fee-collection-file", "announcement-letters-csv", "announcement-letters-pdf"),
    *("privacy-download", "privacy-retention", "privacy-hold-confirm", "privacy-hold-lift", "breach"),
    # somebody else's eyes: who lets them look, and who looks
    *("support", "start-looking-along"),
}
LEFT = {
    # one's own answer, promise or payment
    *("pledge", "purpose-answer", "payment-answer", "payment-dispute", "payment-amount", "payment-decline"),
    *(
        "payment-parts",
        "payment-online",
        "fee-online",
        "fee-parts",
        "fee-arrangement",
        "stop-membership",
        "stay-member",
    ),
    *("own-mandate", "begin-own-mandate", "end-own-mandate", "fee-paper", "claim", "own-link", "propose-subgroup"),
    *("practice-bank", "privacy-consent", "privacy-withdraw", "calendar-ics", "event-ics", "mollie-webhook"),
    # asking for money, noting what came in, and what can be undone with a tap
    *("ask", "open-pot", "event-price", "payment-cash", "payment-undo-cash", "payment-waive", "payment-cancel"),
    *("cash-to-bank", "purpose-decide", "purpose-withdraw", "expense-refuse", "fee-cash", "fee-write-off"),
    *("bank-import", "bank-import-accept", "bank-line-assign", "bank-line-own", "bank-line-undo", "online-refresh"),
    "bank-line-between",
    *("online-keep", "online-assign", "books"),
    # the treasurer's preparations; nothing is charged or collected before an act that asks for proof
    *("new-fee-plan", "fee-plan", "new-fee-tier", "drop-fee-tier", "fee-condition", "new-fee-run"),
    *("refresh-fee-run", "new-fee-grant", "drop-fee-grant", "fee-birth", "new-household", "drop-place"),
    *("new-fee-collection", "answer-arrangement"),
    # daily work at the desks: one person at a time, in the log, and told to who it is about
    *("application", "register", "save-record", "save-kind", "approvals", "desk-invitations", "revoke-invitation"),
    *("decide-request", "remove-member", "desk-settings", "desk-picture", "description-holds", "new-subgroup"),
    *(
        "reopen-subgroup",
        "decide-proposal",
        "ambassadors",
        "invite-newcomers",
        "groups-file",
        "privacy-requests",
        "privacy-request",
    ),
    # a lost device: who stops to prove themselves loses time
    *("lost-device", "new-breach"),
    *("privacy-hold", "groups-file", "apply", "confirm-application"),
    # files without a name of a person in them, or for who was shown the same on the page
    *("poll-csv", "poll-pdf", "poll-ballots", "decisions-pdf", "meeting-pdf"),
}
ROOMS = ("finance.", "groups.people.views.desk", "groups.people.views.record", "groups.subgroups.views.desk")
ROOMS += ("groups.subgroups.views.umbrella", "groups.subgroups.views.group_file", "community.privacy.views")
FILES = (".csv", ".pdf", ".xml", ".xaf", ".json", ".ics", ".zip")
SENT = {"manage-pot": {"form": "close"}, "privacy-erasure": {"step": "ask"}}


@pytest.fixture
def stale(db):
    """Somebody who may do everything for the association, and proved who they are ten minutes ago."""
    member = MemberFactory()
    for role in AssociationRole:
        grant_role(member=member, role=role, by=None)
    client = Client()
    log_in_freshly(client, member, minutes_ago=10)
    return client


def address(name: str, parts: dict) -> str:
    values = {"IntConverter": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}
    return reverse(name, kwargs={part: values.get(kind, OPEN_TO_ALL) for part, kind in parts.items()})


def room(path: str) -> str:
    view = get_resolver().resolve(path).func
    return f"{view.__module__}."


def asks_for_proof(client, name: str, path: str) -> bool:
    answers = [client.post(path, SENT.get(name, {})), client.get(path)]
    return any("reauthenticate" in answer.get("Location", "") for answer in answers)


def changes_something(client, path: str) -> bool:
    return client.post(path).status_code != 405


def test_every_act_with_money_rights_and_exports_was_judged(stale):
    SubgroupFactory(name=OPEN_TO_ALL)
    asking, open_acts = set(), set()
    for name, parts in dict(doors()).items():
        path = address(name, parts)
        if asks_for_proof(stale, name, path):
            asking.add(name)
        elif path.endswith(FILES) or (room(path).startswith(ROOMS) and changes_something(stale, path)):
            open_acts.add(name)

    assert {"no longer ask": PROVED - asking, "ask, but are not in the list": asking - PROVED} == {
        "no longer ask": set(),
        "ask, but are not in the list": set(),
    }
    assert open_acts - LEFT == set(), "say whether these need proof"
    assert LEFT - open_acts == set(), "no longer there, or asks for proof now"


def test_who_proved_it_just_now_goes_on(stale):
    fresh = Client()
    member = MemberFactory()
    grant_role(member=member, role=AssociationRole.TREASURER, by=None)
    log_in_freshly(fresh, member)

    assert fresh.get(reverse("books-csv", args=[2026])).status_code == 200
    assert stale.get(reverse("books-csv", args=[2026])).status_code == 302
