"""Bank files become lines once, and payments find their request by reference."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from finance.bank.errors import AnotherFormat, FileRefused, NotMatched, NotOpen, UnknownAccount, WrongCurrency
from finance.bank.models import BankLine, StatementImport
from finance.bank.queries import bank_known_until, bank_proof
from finance.bank.services import (
    accept_import,
    assign,
    import_statement,
    put_to_own_money,
    refund_line,
    reserve_references,
    undo_matches,
)
from finance.ledger.models import Entry
from finance.ledger.seals import faults
from finance.pots.models import Allocation, PaymentRequest
from finance.pots.queries import pot_total
from finance.pots.services import cancel_request
from notifications.models import Notice
from tests.factories import MemberFactory
from tests.factories_finance import asked_pot, bank_account, camt
from tests.finance.test_readers import FILES
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
real_connections = pytest.mark.django_db(transaction=True, serialized_rollback=True)
VISSER, SMIT = "NL36INGB0007654321", "NL03RABO0345678901"


def book(content, name="bank.xml"):
    return import_statement(content=content, filename=name)


def fresh(request):
    return PaymentRequest.objects.get(pk=request.pk)


def test_a_payment_with_the_reference_is_booked_and_the_pot_grows():
    bank_account()
    pot, _chef, (request, other) = asked_pot()

    [result] = book(camt((42_50, "A VISSER", VISSER, f"Zomertocht {request.grouped_reference.lower()}")))

    assert (result.lines_new, result.matched) == (1, 1)
    assert (fresh(request).paid_cents, fresh(other).paid_cents) == (42_50, 0)
    assert pot_total(pot).collected_cents == 42_50
    assert BankLine.objects.get().state == "matched"
    proof = bank_proof()
    assert (proof.pots_cents, proof.general_cents, proof.bank_cents) == (42_50, 100_00, 142_50)
    assert proof.holds
    assert faults() == []


def test_importing_twice_adds_nothing():
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    content = camt((42_50, "A", VISSER, request.reference))
    book(content)
    entries = Entry.objects.count()

    again = book(content)[0]
    renamed = book(content + b"\n")[0]

    assert (again.repeated, again.lines_new) == (True, 0)
    assert (renamed.repeated, renamed.lines_new, renamed.statement_import.lines_known) == (False, 0, 1)
    assert Entry.objects.count() == entries
    assert Allocation.objects.count() == 1


@real_connections
def test_two_imports_of_one_file_at_once_add_nothing_twice():
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    content = camt((42_50, "A", VISSER, request.reference), (-5_00, "Winkel", SMIT, "lampen"))

    answers = at_once(lambda: book(content), lambda: book(content), lambda: book(content + b" "))

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert BankLine.objects.count() == 2
    assert fresh(request).paid_cents == 42_50
    assert bank_proof().holds


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_overlapping_files_in_either_order_give_the_union(order):
    bank_account()
    monday, tuesday = (10_00, "A", VISSER, "maandag"), (20_00, "B", SMIT, "dinsdag")
    first = camt(monday, opening=100_00, day="2026-11-23", ident="1")
    both = _two_days(monday, tuesday)
    files = [first, both]

    for position in order:
        book(files[position])

    assert sorted(BankLine.objects.values_list("cents", flat=True)) == [10_00, 20_00]
    assert (bank_proof().bank_cents, bank_proof().difference_cents) == (130_00, 0)


def _two_days(monday, tuesday):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("1.xml", camt(monday, opening=100_00, day="2026-11-23", ident="1"))
        archive.writestr("2.xml", camt(tuesday, opening=110_00, day="2026-11-24", ident="2"))
    return buffer.getvalue()


def test_an_older_file_that_comes_later_moves_the_opening_back():
    bank_account()
    book(camt((20_00, "B", SMIT, "dinsdag"), opening=110_00, day="2026-11-24"))
    book(camt((10_00, "A", VISSER, "maandag"), opening=100_00, day="2026-11-23"))

    assert (bank_proof().bank_cents, bank_proof().difference_cents) == (130_00, 0)


def test_a_missing_file_is_named_as_a_difference():
    bank_account()
    book(camt((10_00, "A", VISSER, "maandag"), opening=100_00, day="2026-11-23"))
    book(camt((20_00, "B", SMIT, "woensdag"), opening=115_00, day="2026-11-25"))

    assert bank_proof().difference_cents == 5_00
    assert not bank_proof().holds


def test_twins_on_one_day_stay_two_also_after_importing_again():
    bank_account()
    twin = (10_00, "A", VISSER, "inleg")
    book(camt(twin))

    book(camt(twin, twin))
    book(camt(twin, twin, ident="S2"))

    assert list(BankLine.objects.values_list("occurrence", flat=True)) == [1, 2]


def test_the_real_layouts_of_three_banks_book_their_payments():
    for iban in ("NL44RABO0123456789", "NL72INGB0006543217", "NL20ABNA0517852257"):
        bank_account(iban=iban)
    _pot, _chef, requests = asked_pot(members=14)
    first, second = (request for request in requests if request.reference in ("RF231000000012", "RF931000000013"))

    book((FILES / "rabobank_v02.xml").read_bytes())
    book((FILES / "abnamro_v02.xml").read_bytes())

    assert (fresh(first).is_paid, fresh(second).is_paid) == (True, True)
    book((FILES / "ing_v02.xml").read_bytes())
    assert BankLine.objects.get(bank_account__iban="NL72INGB0006543217", cents=4250).reason == "duplicate"
    assert bank_proof().holds


SCENARIO = [  # what the payer sends for an open request of 42.50: cents, text, state, reason, counted
    ("exact", 42_50, "{ref}", "matched", "", 42_50),
    ("spaced", 42_50, "{grouped}", "matched", "", 42_50),
    ("lower case in a sentence", 42_50, "voor de tocht {lower} groet", "matched", "", 42_50),
    ("wrong check digit", 42_50, "{wrong}", "new", "", 0),
    ("partial", 20_00, "{ref}", "matched", "", 20_00),
    ("too much", 50_00, "{ref}", "partial", "excess", 42_50),
    ("unknown", 42_50, "zomertocht", "new", "", 0),
    ("money going out", -42_50, "{ref}", "new", "", 0),
]


@pytest.mark.parametrize(("case", "cents", "text", "state", "reason", "counted"), SCENARIO)
def test_each_way_of_paying_gives_its_outcome(case, cents, text, state, reason, counted):
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    wrong = "RF" + f"{(int(request.reference[2:4]) + 1) % 100:02d}" + request.reference[4:]
    words = {"ref": request.reference, "grouped": request.grouped_reference, "lower": request.reference.lower()}

    book(camt((cents, "A VISSER", VISSER, text.format(**words, wrong=wrong))))

    line = BankLine.objects.get()
    assert (line.state, line.reason, fresh(request).paid_cents) == (state, reason, counted)
    assert bank_proof().holds
    assert faults() == []


def test_a_second_payment_is_held_and_the_geldchef_hears_of_it():
    bank_account()
    pot, chef, (request, _other) = asked_pot()
    line = (42_50, "A", VISSER, request.reference)

    book(camt(line, line))

    assert sorted(BankLine.objects.values_list("state", "reason")) == [("held", "duplicate"), ("matched", "")]
    assert pot_total(pot).collected_cents == 42_50
    assert Notice.objects.filter(member=chef, kind="payment_held").count() == 1


def test_money_for_a_cancelled_request_is_held():
    bank_account()
    _pot, chef, (request, _other) = asked_pot()
    cancel_request(request=request, by=chef)

    book(camt((42_50, "A", VISSER, request.reference)))

    assert BankLine.objects.get().reason == "closed"


def test_one_transfer_for_two_requests_is_shared_when_it_fits_exactly():
    bank_account()
    _pot, _chef, (one, two) = asked_pot()

    book(camt((85_00, "Familie", VISSER, f"{one.reference} en {two.reference}")))

    assert (fresh(one).is_paid, fresh(two).is_paid) == (True, True)


def test_one_transfer_for_two_requests_that_does_not_fit_waits_for_a_person():
    bank_account()
    _pot, _chef, (one, two) = asked_pot()

    book(camt((80_00, "Familie", VISSER, f"{one.reference} en {two.reference}")))

    assert BankLine.objects.get().reason == "several"
    assert fresh(one).paid_cents == fresh(two).paid_cents == 0


def test_a_person_matches_and_undoes_and_the_books_show_both():
    bank_account()
    treasurer = MemberFactory()
    pot, _chef, (request, _other) = asked_pot()
    book(camt((42_50, "A VISSER", VISSER, "zomertocht")))
    line = BankLine.objects.get()

    assign(line=line, kind="pot", payable_id=request.pk, by=treasurer)
    assert fresh(request).is_paid
    undo_matches(line=line, by=treasurer, reason="was voor Joke")

    assert fresh(request).paid_cents == 0
    assert pot_total(pot).collected_cents == 0
    match = line.matches.get()
    assert (match.undone_because, match.entry.reversed_by.memo) == ("was voor Joke", "was voor Joke")
    assert BankLine.objects.get().state == "new"
    assert bank_proof().holds
    with pytest.raises(NotMatched):
        undo_matches(line=line, by=treasurer, reason="")
    assign(line=line, kind="pot", payable_id=request.pk, by=treasurer)
    assert fresh(request).is_paid


@real_connections
def test_two_treasurers_matching_one_line_at_once_leave_one_match():
    bank_account()
    _pot, _chef, (one, two) = asked_pot()
    treasurer = MemberFactory()
    book(camt((42_50, "A VISSER", VISSER, "zomertocht")))
    line = BankLine.objects.get()

    answers = at_once(
        lambda: assign(line=line, kind="pot", payable_id=one.pk, by=treasurer),
        lambda: assign(line=line, kind="pot", payable_id=two.pk, by=treasurer),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Match", "NotOpen"]
    assert fresh(one).paid_cents + fresh(two).paid_cents == 42_50


def test_own_money_leaves_suspense_and_keeps_the_proof():
    bank_account()
    book(camt((-12_00, "Verzekering", SMIT, "premie")))
    line = BankLine.objects.get()

    put_to_own_money(line=line, by=MemberFactory(), label="Verzekering")

    assert BankLine.objects.get().state == "own"
    assert bank_proof().holds
    with pytest.raises(NotOpen):
        put_to_own_money(line=line, by=MemberFactory())


def test_a_file_that_does_not_add_up_is_kept_and_matched_only_after_a_person_looked():
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    [result] = book(camt((42_50, "A", VISSER, request.reference), closing=999_99))

    assert (result.statement_import.adds_up, result.matched) == (False, 0)
    assert fresh(request).paid_cents == 0
    assert accept_import(statement_import=result.statement_import, by=MemberFactory()) == 1
    assert fresh(request).is_paid


def test_refused_files_leave_nothing_behind():
    bank_account()
    with pytest.raises(UnknownAccount, match="NL72INGB0006543217"):
        book(camt((1, "A", VISSER, "x"), account="NL72INGB0006543217"))
    with pytest.raises(FileRefused, match=r"not complete|niet compleet|onvolledig"):
        book(camt((1, "A", VISSER, "x"))[:300])
    with pytest.raises(WrongCurrency):
        book(camt((1, "A", VISSER, "x")).replace(b"EUR", b"USD"))
    book(camt((1_00, "A", VISSER, "x")))
    with pytest.raises(AnotherFormat, match="camt"):
        book((FILES / "rabobank.940").read_bytes())

    assert StatementImport.objects.count() == 1


def test_a_dry_run_tells_and_keeps_nothing():
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()

    [result] = import_statement(content=camt((42_50, "A", VISSER, request.reference)), filename="x.xml", dry_run=True)

    assert (result.lines_new, result.matched) == (1, 1)
    assert (BankLine.objects.count(), fresh(request).paid_cents) == (0, 0)


def test_account_numbers_of_payers_are_unreadable_in_the_database():
    bank_account()
    book(camt((1_00, "A", VISSER, "x")))

    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM bank_bankline")
        stored = cursor.fetchone()[0]

    assert VISSER not in stored
    assert BankLine.objects.get().iban == VISSER


def test_suggestions_come_from_a_known_account_or_a_name_and_are_never_booked():
    from finance.bank import payables

    bank_account()
    _pot, _chef, requests = asked_pot()
    book(camt((42_50, "A", VISSER, requests[0].reference)))
    PaymentRequest.objects.filter(pk=requests[1].pk).update(party=fresh(requests[0]).party, round=2)
    book(camt((42_50, "onbekend", VISSER, "tweede keer"), day="2026-11-23", opening=142_50))
    line = BankLine.objects.get(state="new")

    assert [payable.id for payable in payables.suggest(line)] == [requests[1].pk]
    assert fresh(requests[1]).paid_cents == 0


def test_references_are_never_given_twice():
    first, second = reserve_references(kind=1, count=3), reserve_references(kind=1, count=2)

    assert len({*first, *second}) == 5


def test_the_commands_read_and_book(tmp_path, capsys):
    bank_account()
    file = tmp_path / "bank.xml"
    file.write_bytes(camt((1_00, "A", VISSER, "x")))

    call_command("read_statement", str(file))
    assert json.loads(capsys.readouterr().out)["statements"][0]["lines"][0]["cents"] == 100
    call_command("book_statement", str(file), "--dry-run")
    assert "Dry run" in capsys.readouterr().out
    assert BankLine.objects.count() == 0
    call_command("book_statement", str(file))
    assert "1 new lines" in capsys.readouterr().out
    assert str(bank_known_until()) == "2026-11-22"
    file.write_bytes(b"no")
    for command in ("read_statement", "book_statement"):
        with pytest.raises(CommandError):
            call_command(command, str(file))


def test_a_double_payment_is_paid_back_and_the_bank_file_closes_it():
    bank_account()
    treasurer = MemberFactory()
    pot, _chef, (request, _other) = asked_pot()
    paid = (42_50, "A VISSER", VISSER, request.reference)
    book(camt(paid, paid))
    line = BankLine.objects.get(state="held")

    refund = refund_line(line=line, by=treasurer, because="dubbel")
    assert (refund.cents, refund.iban, BankLine.objects.get(pk=line.pk).state) == (42_50, VISSER, "refund")
    book(camt((-42_50, "A VISSER", VISSER, f"terug {refund.reference}"), day="2026-11-23", opening=185_00))

    refund.refresh_from_db()
    assert refund.open_cents == 0
    assert pot_total(pot).collected_cents == 42_50
    assert not BankLine.objects.filter(state="new").exists()
    assert bank_proof().holds
    assert faults() == []


def test_money_going_out_never_pays_a_request_and_money_coming_in_never_a_refund():
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()
    paid = (42_50, "A VISSER", VISSER, request.reference)
    book(camt(paid, paid))
    refund = refund_line(line=BankLine.objects.get(state="held"), by=MemberFactory())

    wrong = [(-42_50, "x", VISSER, request.reference), (42_50, "y", VISSER, refund.reference)]
    book(camt(*wrong, day="2026-11-23", opening=185_00))

    refund.refresh_from_db()
    assert refund.open_cents == 42_50
    assert BankLine.objects.filter(state="new").count() == 2


def test_the_transfers_of_a_member_are_found_for_their_own_data():
    from finance.bank.personal_data import lines_of, refunds_to

    bank_account()
    _pot, _chef, (one, two) = asked_pot()
    book(camt((42_50, "A", VISSER, one.reference), (1_00, "B", SMIT, "los")))

    assert [line.name for line in lines_of(one.party.member)] == ["A"]
    assert list(lines_of(two.party.member)) == list(refunds_to(two.party.member)) == []
    assert list(lines_of(MemberFactory())) == []
