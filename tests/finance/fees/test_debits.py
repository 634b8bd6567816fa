"""Direct debit: mandates, files that pass the schema and stay the same, two people, returns that reopen exactly."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from lxml import etree

from finance.bank.models import BankLine
from finance.bank.services import import_statement, undo_matches
from finance.fees.errors import (
    BatchNotReady,
    MandateReferenceTaken,
    NotAnAccount,
    NothingToCollect,
    NotYetYourTurn,
    TooSoonToCollect,
)
from finance.fees.models import CollectionBatch, CollectionItem, DebitSettings, Invoice, Mandate, Part, Payer
from finance.fees.pain import FORMATS, plain, schema
from finance.fees.queries import faults
from finance.fees.services import (
    answer_arrangement,
    approve_batch,
    ask_arrangement,
    batch_file,
    end_mandate,
    export_batch,
    give_mandate,
    lapse_mandates,
    make_batch,
    propose_write_off,
    record_cash,
    save_debit_settings,
    share_anew,
    tell_batch,
)
from finance.fees.tasks import tell_on
from groups.people.models import AssociationRole
from notifications.models import Notice
from tests.entry import log_in_freshly
from tests.factories import member_with
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.factories_finance import bank_account, camt

pytestmark = pytest.mark.django_db
IBANS = ["NL91ABNA0417164300", "NL20INGB0001234567", "NL39RABO0300065264", "NL02ABNA0123456789"]
COLLECT = date(2026, 12, 4)


@pytest.fixture
def club():
    """Three members with a mandate and one without, all charged € 120; (treasurer, board member, payers)."""
    plan_for()
    names = ("Zoë", "Anna", "Björn", "Kees")
    members = [enrolled(date(2020, 1, 1), first_name=name, last_name="Şen & Zn") for name in names]
    by, board = treasurer(), member_with(AssociationRole.BOARD, enrolled=False)
    charge_year(by=by, due_on=date(2026, 12, 1))
    account = bank_account()
    save_debit_settings(
        by=by, creditor_id="NL69ZZZ123456780000", bank_account=account, notice_days=14, format="pain.008.001.08"
    )
    payers = [Payer.objects.get(member=member) for member in members]
    for payer, iban in zip(payers[:3], IBANS, strict=False):
        give_mandate(payer=payer, holder=payer.name, iban=iban, by=by, way="paper", signed_on=date(2026, 1, 5))
    return by, board, payers


def exported(by, board, **fields):
    values = {"name": "Incasso", "due_until": date(2026, 12, 31), "collect_on": COLLECT, **fields}
    batch = make_batch(by=by, **values)
    tell_batch(batch=batch, by=by)
    tell_on(batch)
    approve_batch(batch=batch, by=board)
    return export_batch(batch=batch, by=by)


def returns(item, code="MD06", day="2026-12-08"):
    """A camt file with one collection that came back, as banks write it."""
    content = camt((-item.cents, "Iemand", item.mandate.iban, ""), ident=f"R{item.pk}{code}", day=day)
    ending = f"<Refs><EndToEndId>{item.end_to_end}</EndToEndId></Refs>"
    content = content.replace(b"<TxDtls>", f"<TxDtls>{ending}".encode())
    return content.replace(b"</TxDtls>", f"<RtrInf><Rsn><Cd>{code}</Cd></Rsn></RtrInf></TxDtls>".encode())


@pytest.mark.parametrize("format", FORMATS)
def test_the_file_passes_the_schema_with_its_totals_and_is_the_same_every_time(club, format):
    by, board, _payers = club
    DebitSettings.objects.update(format=format)
    batch = exported(by, board)

    again = export_batch(batch=batch, by=by)
    rebuilt = batch_file(CollectionBatch.objects.select_related("bank_account").get())
    content = bytes(CollectionBatch.objects.get().content)

    assert bytes(again.content) == content == rebuilt
    root = etree.fromstring(content)
    assert schema(format).validate(root)
    text = content.decode()
    assert re.findall(r"<CtrlSum>(.*?)<", text) == ["360.00", "360.00"]
    assert re.findall(r"<NbOfTxs>(.*?)<", text) == ["3", "3"]
    assert re.findall(r"<SeqTp>(.*?)<", text) == ["FRST"]
    assert f"<ReqdColltnDt>{COLLECT}</ReqdColltnDt>" in text
    ends = re.findall(r"<EndToEndId>(.*?)<", text)
    assert len(set(ends)) == 3
    assert "Zoe Sen + Zn" in text


def test_maker_is_not_approver_and_the_order_is_kept(club):
    by, board, _payers = club
    batch = make_batch(name="x", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)

    with pytest.raises(BatchNotReady):
        approve_batch(batch=batch, by=board)  # members are not told yet
    tell_batch(batch=batch, by=by)
    with pytest.raises(NotYetYourTurn):
        approve_batch(batch=batch, by=by)
    with pytest.raises(BatchNotReady):
        export_batch(batch=batch, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectionBatch.objects.filter(pk=batch.pk).update(approved_by_id=by.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        CollectionBatch.objects.filter(pk=batch.pk).update(state="exported")


def test_members_hear_the_day_and_the_amount_fourteen_days_before_and_once(club):
    by, _board, payers = club
    with pytest.raises(TooSoonToCollect):
        make_batch(name="x", due_until=date(2026, 12, 31), collect_on=date(2026, 12, 1), by=by)
    batch = make_batch(name="x", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)
    assert not Notice.objects.filter(kind="fee_debit").exists()

    tell_batch(batch=batch, by=by)
    tell_on(batch)
    tell_on(batch)

    told = Notice.objects.filter(kind="fee_debit")
    assert sorted(told.values_list("member", "count")) == sorted((payer.member_id, 1) for payer in payers[:3])


def test_who_paid_or_ended_the_mandate_meanwhile_is_left_out(club):
    by, board, payers = club
    batch = make_batch(name="x", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)
    tell_batch(batch=batch, by=by)
    record_cash(part=Part.objects.get(invoice__payer=payers[0]), cents=120_00, by=by)
    end_mandate(mandate=payers[1].mandates.get(), by=by)

    approve_batch(batch=batch, by=board)
    export_batch(batch=batch, by=by)

    assert batch.items.get(dropped_at__isnull=True).part.invoice.payer == payers[2]


def test_who_waits_for_an_answer_is_not_collected_from(club):
    """Neither when the collection is put together nor, when it was asked since, in the file."""
    by, board, payers = club
    first, second, third = (Invoice.objects.get(payer=payer) for payer in payers[:3])
    asked = ask_arrangement(invoice=first, wish="less", by=payers[0].member)
    batch = make_batch(name="x", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)
    assert set(batch.items.values_list("part__invoice", flat=True)) == {second.pk, third.pk}

    tell_batch(batch=batch, by=by)
    propose_write_off(invoice=second, reason="overleden", by=by)
    approve_batch(batch=batch, by=board)
    ask_arrangement(invoice=third, wish="later", by=payers[2].member)

    with pytest.raises(NothingToCollect):
        export_batch(batch=batch, by=by)
    answer_arrangement(arrangement=asked, by=by, is_granted=False)
    later = make_batch(name="y", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)
    assert set(later.items.values_list("part__invoice", flat=True)) == {first.pk}


def test_one_part_is_underway_once(club):
    by, board, _payers = club
    exported(by, board)

    with pytest.raises(NothingToCollect):
        make_batch(name="y", due_until=date(2026, 12, 31), collect_on=COLLECT + timedelta(days=9), by=by)


def test_the_whole_in_one_line_settles_everybody(club):
    by, board, payers = club
    batch = exported(by, board)

    import_statement(content=camt((360_00, "", "", f"INCASSO {batch.reference}-FRST")), filename="a.xml", by=by)

    assert BankLine.objects.get().state == "matched"
    assert [invoice.open_cents for invoice in Invoice.objects.filter(payer__in=payers).order_by("payer_id")] == [
        0,
        0,
        0,
        120_00,
    ]
    assert CollectionItem.objects.filter(collected_on__isnull=False).count() == 3
    assert faults() == []


@pytest.mark.parametrize(
    ("code", "state"), [("MD06", "active"), ("AM04", "active"), ("AC04", "paused"), ("MD01", "paused")]
)
def test_a_return_reopens_exactly_the_right_part(club, code, state):
    by, board, payers = club
    batch = exported(by, board)
    import_statement(content=camt((360_00, "", "", batch.reference)), filename="a.xml", by=by)
    item = batch.items.get(part__invoice__payer=payers[1])

    import_statement(content=returns(item, code), filename="r.xml", by=by)

    assert [part.open_cents for part in Part.objects.order_by("pk")] == [0, 120_00, 0, 120_00]
    item.refresh_from_db()
    assert (item.returned_on, item.return_code) == (date(2026, 12, 8), code)
    assert item.mandate.state == state
    assert Notice.objects.filter(member=payers[1].member, kind="fee_returned").count() == 1
    assert faults() == []
    undo_matches(line=BankLine.objects.get(cents__lt=0), by=by, reason="verkeerd")
    assert Part.objects.get(pk=item.part_id).open_cents == 0
    assert faults() == []


def test_a_return_before_the_whole_and_an_undone_whole(club):
    by, board, payers = club
    batch = exported(by, board)
    item = batch.items.get(part__invoice__payer=payers[1])

    import_statement(content=returns(item), filename="r.xml", by=by)
    import_statement(
        content=camt((360_00, "", "", batch.reference), ident="T", opening=-20_00, day="2026-12-09"),
        filename="t.xml",
        by=by,
    )

    assert [part.open_cents for part in Part.objects.order_by("pk")] == [0, 120_00, 0, 120_00]
    assert faults() == []
    undo_matches(line=BankLine.objects.get(cents__gt=0), by=by, reason="verkeerd")
    assert [part.open_cents for part in Part.objects.order_by("pk")] == [120_00] * 4


def test_who_paid_after_the_file_gets_the_rest_back(club):
    by, board, payers = club
    batch = exported(by, board)
    record_cash(part=Part.objects.get(invoice__payer=payers[0]), cents=50_00, by=by)

    import_statement(content=camt((360_00, "", "", batch.reference)), filename="a.xml", by=by)

    line = BankLine.objects.get()
    assert (line.state, line.open_cents, line.reason) == ("partial", 50_00, "excess")
    assert Invoice.objects.get(payer=payers[0]).open_cents == 0
    assert faults() == []


def test_first_then_recurring_and_first_again_after_a_return(club):
    by, board, payers = club
    batch = exported(by, board)
    import_statement(content=camt((360_00, "", "", batch.reference)), filename="a.xml", by=by)
    item = batch.items.get(part__invoice__payer=payers[1])
    import_statement(content=returns(item), filename="r.xml", by=by)
    with time_machine.travel(date(2027, 1, 10)):
        charge_year(2027, by=by, due_on=date(2027, 2, 1))

        second = exported(by, board, due_until=date(2027, 2, 1), collect_on=date(2027, 2, 1))

    found = {(item.part.invoice.payer_id, item.sequence) for item in second.items.select_related("part__invoice")}
    assert found == {
        (payers[0].pk, "RCUR"),
        (payers[1].pk, "FRST"),
        (payers[1].pk, "RCUR"),
        (payers[2].pk, "RCUR"),
    }
    assert schema("pain.008.001.08").validate(etree.fromstring(bytes(second.content)))


def test_first_and_recurring_are_settled_when_the_file_is_made(club):
    """Two collections in the making both begin with firsts; a first that is left out hands it to the next part."""
    by, board, payers = club
    share_anew(invoice=Invoice.objects.get(payer=payers[0]), count=2, first_on=date(2026, 11, 20), by=by)
    later = {"due_until": date(2026, 11, 30), "collect_on": COLLECT, "by": by}
    early = make_batch(name="vroeg", **later)
    batch = make_batch(name="laat", **later | {"due_until": date(2026, 12, 31), "collect_on": date(2026, 12, 10)})
    for each in (early, batch):
        tell_batch(batch=each, by=by)
        approve_batch(batch=each, by=board)
    export_batch(batch=early, by=by)

    export_batch(batch=batch, by=by)

    assert list(early.items.values_list("sequence", flat=True)) == ["FRST"]
    found = set(batch.items.values_list("part__invoice__payer", "sequence"))
    assert found == {(payers[0].pk, "RCUR"), (payers[1].pk, "FRST"), (payers[2].pk, "FRST")}


def test_no_file_is_made_for_a_day_that_has_come(club):
    by, board, _payers = club
    batch = make_batch(name="x", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)
    tell_batch(batch=batch, by=by)
    approve_batch(batch=batch, by=board)

    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC)), pytest.raises(TooSoonToCollect):
        export_batch(batch=batch, by=by)

    assert CollectionBatch.objects.get().state == "approved"


def test_a_creditor_identifier_has_right_check_digits(client, club):
    by, _board, _payers = club
    log_in_freshly(client, by)
    values = {"bank_account": bank_account().pk, "notice_days": 14, "format": "pain.008.001.08"}
    url = reverse("fee-debit-settings")

    assert client.post(url, values | {"creditor_id": "NL13ZZZ123456780000"}).status_code == 422
    client.post(url, values | {"creditor_id": "nl69 zzz 1234 5678 0000"})

    assert DebitSettings.objects.get().creditor_id == "NL69ZZZ123456780000"


def test_a_mandate_that_was_not_used_for_36_months_lapses(club):
    by, _board, _payers = club
    with time_machine.travel(date(2029, 1, 5)):
        assert lapse_mandates() == 0
    with time_machine.travel(date(2029, 1, 6)):
        assert lapse_mandates() == 3
    assert set(Mandate.objects.values_list("state", flat=True)) == {"ended"}
    with pytest.raises(NothingToCollect):
        make_batch(name="x", due_until=date(2026, 12, 31), collect_on=COLLECT, by=by)


def test_account_numbers_are_checked_encrypted_and_masked(club):
    from django.db import connection

    by, _board, payers = club
    with pytest.raises(NotAnAccount):
        give_mandate(payer=payers[3], holder="x", iban="NL91ABNA0417164301", by=by, way="paper")
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM fees_mandate")
        assert all("ABNA" not in row[0] for row in cursor.fetchall())
    assert payers[0].mandates.get().masked_iban == "NL91 •••• 4300"


def test_a_new_account_is_a_new_mandate_and_references_are_unique(club):
    by, _board, payers = club
    old = payers[0].mandates.get()

    new = give_mandate(payer=payers[0], holder="Z", iban=IBANS[3], by=by, way="paper", reference="PAP-1")

    old.refresh_from_db()
    assert (old.state, new.state) == ("ended", "active")
    with pytest.raises(MandateReferenceTaken):
        give_mandate(payer=payers[1], holder="Z", iban=IBANS[3], by=by, way="paper", reference="PAP-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=old.pk).update(state="active")


def test_names_become_letters_that_every_bank_takes():
    assert plain("Çağrı Øster & Zn. [x] €5") == "Cagri Oster + Zn. x 5"
    assert plain("日本") == "-"
    assert len(plain("x" * 200)) == 70


# --- In the browser's terms -------------------------------------------------------------------------
def test_a_member_allows_collection_and_ends_it(client, club):
    _by, _board, payers = club
    client.force_login(payers[3].member)
    page = reverse("own-mandate")
    values = {"holder": "Kees", "iban": "NL02 ABNA 0123 4567 89", "agrees": "on"}

    assert client.post(page, {**values, "agrees": ""}).status_code == 422
    assert client.post(page, {**values, "iban": "NL00"}).status_code == 422
    client.post(page, values)
    mandate = payers[3].mandates.get()
    assert (mandate.state, mandate.way, mandate.signed_on) == ("active", "online", date(2026, 11, 18))
    assert "NL02 •••• 6789" in client.get(reverse("my-fees")).content.decode()
    other = payers[0].mandates.get()
    assert client.post(reverse("end-own-mandate", args=[other.pk])).status_code == 404
    client.post(reverse("end-own-mandate", args=[mandate.pk]))
    mandate.refresh_from_db()
    assert mandate.state == "ended"


def test_a_collection_walks_through_two_people(client, club):
    by, board, _payers = club
    log_in_freshly(client, by)
    values = {"name": "December", "due_until": "2026-12-31", "collect_on": "2026-12-04"}
    assert client.post(reverse("new-fee-collection"), {**values, "collect_on": "2026-11-19"}).status_code == 422
    page = client.post(reverse("new-fee-collection"), values).url
    batch = CollectionBatch.objects.get()
    file = reverse("fee-collection-file", args=[batch.pk])
    assert client.get(file).status_code == 404
    client.post(reverse("tell-fee-collection", args=[batch.pk]))
    client.post(reverse("approve-fee-collection", args=[batch.pk]))
    log_in_freshly(client, board)
    assert client.post(reverse("export-fee-collection", args=[batch.pk])).status_code == 403
    assert "NL91ABNA" not in client.get(page).content.decode()
    client.post(reverse("approve-fee-collection", args=[batch.pk]))
    assert client.get(file).status_code == 403
    log_in_freshly(client, by)
    client.post(reverse("export-fee-collection", args=[batch.pk]))

    first, second = client.get(file).content, client.get(file).content
    assert first == second
    assert b"pain.008.001.08" in first


def test_settings_and_paper_mandates_by_who_manages_fees(client, club):
    by, board, payers = club
    log_in_freshly(client, board)
    assert client.get(reverse("fee-debit-settings")).status_code == 403
    assert client.get(reverse("paper-mandate", args=[payers[3].pk])).status_code == 403
    log_in_freshly(client, by)
    assert client.post(reverse("fee-debit-settings"), {"creditor_id": "x"}).status_code == 422
    values = {"holder": "Kees", "iban": IBANS[3], "reference": "PAP-7", "signed_on": "2026-10-01"}
    assert (
        client.post(reverse("paper-mandate", args=[payers[3].pk]), {**values, "signed_on": "2027-01-01"}).status_code
        == 422
    )
    client.post(reverse("paper-mandate", args=[payers[3].pk]), values)
    mandate = payers[3].mandates.get()
    assert (mandate.reference, mandate.way) == ("PAP-7", "paper")
    client.post(reverse("change-mandate", args=[mandate.pk, "end"]))
    mandate.refresh_from_db()
    assert mandate.state == "ended"
