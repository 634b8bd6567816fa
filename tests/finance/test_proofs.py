"""The auditor compares entries with the bank lines behind them, and changes nothing."""

import pytest
from django.urls import reverse
from lxml import html

from finance.bank.models import BankLine, Match
from finance.bank.services import import_statement, undo_matches
from finance.ledger.models import Entry
from groups.people.models import AssociationRole
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, member_with
from tests.factories_finance import asked_pot, bank_account, camt

pytestmark = pytest.mark.django_db
ACTS = ("assign", "own", "between", "refund", "payout", "undo")


@pytest.fixture
def lines():
    """One line that was matched by its reference, and one that waits."""
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    content = camt((42_50, "A. Betaler", "NL36INGB0007654321", request.reference), (9_99, "Onbekend", "", "?"))
    import_statement(content=content, filename="a")
    return BankLine.objects.order_by("pk")


def main(client, url) -> str:
    return client.get(url).content.decode().split("<main")[1].split("</main>")[0]


def linked(client) -> dict[int, int]:
    """{entry: the bank line that it links to, or 0}."""
    rows = html.fromstring(main(client, reverse("books"))).iterfind(".//tbody/tr")
    links = {int(row.findtext("th").split()[0]): row.find("td/a") for row in rows}
    return {entry: 0 if link is None else int(link.get("href").split("/")[-2]) for entry, link in links.items()}


def test_an_entry_leads_the_auditor_to_its_bank_line(client, lines):
    matched, waiting = lines
    undo_matches(line=matched, by=member_with(AssociationRole.TREASURER), reason="x")
    client.force_login(member_with(AssociationRole.AUDITOR))

    found = linked(client)

    match = Match.objects.get()
    keys = {entry.key: entry.pk for entry in Entry.objects.all()}
    assert found[keys[f"bank:{matched.pk}"]] == found[match.entry_id] == matched.pk
    assert found[keys[f"reversal:{match.entry_id}"]] == matched.pk
    assert found[keys[f"bank:{waiting.pk}"]] == waiting.pk
    assert found[Entry.objects.get(kind="opening").pk] == 0


def test_the_auditor_reads_a_line_and_finds_no_button(client, lines):
    log_in_freshly(client, member_with(AssociationRole.AUDITOR))

    pages = [main(client, reverse("bank-line", args=[line.pk])) for line in lines] + [
        main(client, reverse("bank-lines"))
    ]

    assert (
        "A. Betaler" in pages[0] and "NL36 •••• 4321" in pages[0] and "Onbekend" in pages[1] and "Onbekend" in pages[2]
    )
    assert "+ € 42,50" in pages[0].split('id="matches"')[1].replace("\u00a0", " ")
    assert reverse("bank-lines") in main(client, reverse("treasury"))
    assert not any("<form" in page or reverse("bank-import") in page for page in pages)
    for act in ACTS:
        answers = [client.post(reverse(f"bank-line-{act}", args=[line.pk]), {"label": "x"}) for line in lines]
        assert [answer.status_code for answer in answers] == [404, 404], act
    assert list(lines.values_list("state", flat=True)) == ["matched", "new"]


def test_the_board_reads_the_books_without_the_lines(client, lines):
    for who, books in ((member_with(AssociationRole.BOARD), 200), (MemberFactory(), 403)):
        client.force_login(who)
        assert client.get(reverse("books")).status_code == books
        assert client.get(reverse("bank-lines")).status_code == 403
        assert client.get(reverse("bank-line", args=[lines[0].pk])).status_code == 404
    client.force_login(member_with(AssociationRole.BOARD))
    assert "/treasury/bank/" not in main(client, reverse("books"))
