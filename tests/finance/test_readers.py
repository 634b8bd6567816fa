"""Bank files as the Dutch banks write them, with fictional people: counts, signs and sums of each."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

from finance.bank.readers import Unreadable, read_statement

FILES = Path(__file__).parent / "statements"
REFERENCES = ("RF231000000012", "RF931000000013", "RF661000000014", "RF391000000015")
VISSER, SMIT, CAMPING = "NL36INGB0007654321", "NL03RABO0345678901", "NL83ABNA0412345678"


def read(name):
    return read_statement((FILES / name).read_bytes(), name)


def refusal(content) -> str:
    with pytest.raises(Unreadable) as refused:
        read_statement(content if isinstance(content, bytes) else content.encode())
    return str(refused.value)


EXPECTED = [  # file, format, account, opening, closing, cents of the lines of the first statement
    ("abnamro.sta", "mt940", "NL20ABNA0517852257", 123628, 129069, [-900, -1159, 4250, 4250, -1000]),
    ("asn.940", "mt940", "NL53ASNB0781269733", 200000, 198070, [4250, -6180]),
    ("bunq.sta", "mt940", "NL10BUNQ2290325473", 3233, 4133, [4250, -3450, 100]),
    ("ing.940", "mt940", "NL72INGB0006543217", 100000, 104000, [4250, 8500, -10000, 2500, -1250]),
    ("ing_old.940", "mt940", "NL72INGB0006543217", 6820, 10570, [4250, -1000, 500]),
    ("knab.940", "mt940", "NL83KNAB0762918446", 100021, 107021, [-1500, 4250, 4250]),
    ("rabobank.940", "mt940", "NL44RABO0123456789", 114795, 111545, [-12750, 4250, 4250, 1000]),
    ("sns.940", "mt940", "NL68SNSB0901234567", 200000, 198070, [4250, -6180]),
    ("triodos.sta", "mt940", "NL49TRIO0390123456", 97509, 100189, [4250, -1570]),
    ("rabobank_v02.xml", "camt.053", "NL44RABO0123456789", 100000, 110200, [4250, 4250, 4250, 4250, 4250, -11050]),
    ("rabobank_v08.xml", "camt.053", "NL44RABO0123456789", 100000, 104250, [4250]),
    ("ing_v02.xml", "camt.053", "NL72INGB0006543217", 5000, 9250, [4250, 0]),
    ("abnamro_v02.xml", "camt.053", "NL20ABNA0517852257", 100000, 95000, [-7500, 2500]),
    ("two_accounts_v02.xml", "camt.053", "NL49TRIO0390123456", 0, 4250, [4250]),
    ("utf16_v02.xml", "camt.053", "NL49TRIO0390123456", 0, 4250, [4250]),
    ("ing_new.csv", "csv", "NL72INGB0006543217", 10000, 8500, [4250, 4250, -10000]),
    ("ing_english.csv", "csv", "NL72INGB0006543217", -195500, -192225, [4250, -975]),
    ("rabobank.csv", "csv", "NL44RABO0123456789", 223450, 101750, [-123450, 4250, -2500]),
]


@pytest.mark.parametrize(
    ("name", "kind", "account", "opening", "closing", "cents"), EXPECTED, ids=lambda x: str(x)[:20]
)
def test_a_file_of_each_bank_reads_with_its_signs_and_adds_up(name, kind, account, opening, closing, cents):
    statements = read(name)

    first = statements.statements[0]
    assert statements.format == kind
    assert (first.account, first.currency) == (account, "EUR")
    assert (first.opening_cents, first.closing_cents, first.adds_up) == (opening, closing, True)
    assert [line.cents for line in first.lines] == cents


@pytest.mark.parametrize(
    ("name", "position", "who", "iban", "reference", "text"),
    [
        ("abnamro.sta", 0, "KPN - DIGITENNE", "", "", "BETREFT FACTUUR"),
        ("abnamro.sta", 1, "BAKKER DE KORF LEIDEN", "", "", "PAS003"),
        ("abnamro.sta", 2, "A VISSER", VISSER, REFERENCES[0], "ZOMERTOCHT"),
        ("abnamro.sta", 3, "T. SMIT EN/OF M. SMIT", SMIT, REFERENCES[1], "0050001234567890"),
        ("asn.940", 0, "a visser", VISSER, REFERENCES[0], REFERENCES[0]),
        ("asn.940", 1, "CAMPING DE BERK BV", CAMPING, "", "Aanbetaling zomertocht"),
        ("sns.940", 1, "CAMPING DE BERK BV", CAMPING, "", "Aanbetaling zomertocht"),
        ("bunq.sta", 0, "A. Visser", VISSER, REFERENCES[0], "rf23 1000000012 zomertocht"),
        ("ing.940", 0, "A VISSER", VISSER, REFERENCES[0], ""),
        ("ing.940", 1, "T Smit eo M Smit", SMIT, REFERENCES[1], f"{REFERENCES[1]} en {REFERENCES[2]}"),
        ("ing.940", 2, "CAMPING DE BERK BV", CAMPING, "", ""),
        ("ing_old.940", 0, "A VISSER", VISSER, REFERENCES[0], "NOTPROVIDED"),
        ("knab.940", 0, "BAKKER DE KORF", "", "", "PAS: 1122"),
        ("knab.940", 1, "A VISSER", VISSER, REFERENCES[0], "ZOMERTOCHT"),
        ("knab.940", 2, "T SMIT", SMIT, REFERENCES[1], REFERENCES[1]),
        ("rabobank.940", 0, "Camping De Berk B.V.", CAMPING, "", "Aanbetaling"),
        ("rabobank.940", 1, "Mw A Visser en/of Hr B Visser", VISSER, REFERENCES[0], "Zomertocht"),
        ("rabobank.940", 2, "T Smit", SMIT, REFERENCES[1], ""),
        ("rabobank.940", 3, "Bakker", "", "", "oude rekening, en een streep - en verder"),
        ("triodos.sta", 0, "", VISSER, REFERENCES[0], "A VISSER ROEIERSLAAN 12 2345 AB LEIDEN"),
        ("triodos.sta", 1, "", "", "", "KOSTEN VAN 01-07-2026 TOT EN MET 30-09-2026"),
        ("rabobank_v02.xml", 0, "Mw A Visser", VISSER, REFERENCES[0], ""),
        ("rabobank_v02.xml", 1, "Hr T Smit & Mw M Smit", SMIT, REFERENCES[1], "Zomertocht RF93100 0000013"),
        ("rabobank_v02.xml", 5, "Camping De Berk B.V.", CAMPING, "", "Aanbetaling"),
        ("rabobank_v08.xml", 0, "Mw A Visser", VISSER, REFERENCES[0], ""),
        ("abnamro_v02.xml", 0, "Verzekeraar N.V.", CAMPING, "", "Polis 857239"),
        ("ing_new.csv", 0, "A VISSER", VISSER, REFERENCES[0], "Omschrijving"),
        ("rabobank.csv", 1, "Mw A Visser", VISSER, REFERENCES[0], ""),
        ("rabobank.csv", 0, "Camping De Berk B.V.", CAMPING, "", "Aanbetaling zomertocht"),
    ],
)
def test_who_paid_and_what_for_is_taken_from_each_dialect(name, position, who, iban, reference, text):
    line = read(name).statements[0].lines[position]

    assert (line.name, line.iban, line.reference) == (who, iban, reference)
    assert text in line.text


def test_pages_with_intermediate_balances_are_one_statement():
    statements = read("abnamro.sta").statements

    assert len(statements) == 1
    assert len(statements[0].lines) == 5


def test_a_missing_page_is_noticed():
    pages = (FILES / "knab.940").read_bytes().replace(b":60M:C261122EUR1027,71", b":60M:C261122EUR1127,71")

    assert (
        read_statement(pages.replace(b":62F:C261122EUR1070,21", b":62F:C261122EUR1170,21")).statements[0].adds_up
        is False
    )


def test_each_statement_in_a_file_keeps_its_own_account_and_days_without_lines():
    accounts = [statement.account for statement in read("two_accounts_v02.xml").statements]
    quiet_day = read("asn.940").statements[1]

    assert accounts == ["NL49TRIO0390123456", "NL10BUNQ2290325473"]
    assert (quiet_day.lines, quiet_day.adds_up) == ((), True)


def test_only_booked_lines_are_read():
    texts = [line.name for line in read("rabobank_v02.xml").statements[0].lines]

    assert "Nog niet geboekt" not in texts
    assert [line.name for line in read("rabobank_v08.xml").statements[0].lines] == ["Mw A Visser"]


def test_a_batch_is_split_only_when_its_details_add_up():
    whole = (FILES / "rabobank_v02.xml").read_bytes()
    broken = whole.replace(b'<TxAmt><Amt Ccy="EUR">42.50', b'<TxAmt><Amt Ccy="EUR">42.40', 1)

    assert [line.name for line in read_statement(whole).statements[0].lines[2:5]] == ["Lid 1", "Lid 2", "Lid 3"]
    unsplit = read_statement(broken).statements[0].lines[2]
    assert (unsplit.cents, unsplit.name, unsplit.text) == (12750, "", "inleg 1 inleg 2 inleg 3")


def test_the_balances_decide_which_way_a_reversal_counts():
    plain, flipped = read("abnamro_v02.xml").statements[0], read("reversal_flipped_v02.xml").statements[0]

    assert (plain.lines[1].cents, plain.flipped, plain.lines[1].return_code) == (2500, False, "MD06")
    assert (flipped.lines[1].cents, flipped.flipped, flipped.adds_up) == (-2500, True, True)


def test_a_statement_that_does_not_add_up_says_so_and_is_still_read():
    statement = read_statement((FILES / "ing_v02.xml").read_bytes().replace(b"92.50", b"92.51")).statements[0]

    assert statement.adds_up is False
    assert [line.cents for line in statement.lines] == [4250, 0]


def test_old_ing_csv_has_no_balances_and_so_nothing_to_add_up():
    statement = read("ing_old.csv").statements[0]

    assert (statement.opening_cents, statement.closing_cents, statement.adds_up) == (None, None, None)
    assert [line.cents for line in statement.lines] == [4250, -123450]
    assert statement.lines[1].name == "Café De Sluis"


def test_identical_twins_on_one_day_stay_two():
    first, second = read("ing_new.csv").statements[0].lines[:2]

    assert first == second


def test_a_booking_day_without_year_is_the_one_nearest_to_the_value_day():
    assert read("bunq.sta").statements[0].lines[2].booked_on == date(2027, 1, 1)


def test_a_zip_gives_the_statements_of_all_its_files():
    statements = read("two_banks.zip").statements

    assert [statement.source for statement in statements] == ["rabobank_v02.xml", "ing_v02.xml"]


def test_the_same_statement_twice_in_one_zip_counts_once():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.xml", (FILES / "ing_v02.xml").read_bytes())
        archive.writestr("copy of a.xml", (FILES / "ing_v02.xml").read_bytes())

    assert len(read_statement(buffer.getvalue()).statements) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_banks_use_gives_the_same_lines(encoding):
    text = (FILES / "rabobank.csv").read_bytes().decode("cp1252")

    assert read_statement(text.encode(encoding)) == read("rabobank.csv")


def test_xml_in_windows_1252_under_a_heading_that_says_utf_8_is_read():
    text = (FILES / "ing_v02.xml").read_text().replace("A VISSER", "A VISSÉR")

    assert read_statement(text.encode("cp1252")).statements[0].lines[0].name == "A VISSÉR"


MESSAGE = (
    ":20:X\n:25:NL44RABO0123456789\n:28C:1\n:60F:C261121EUR{opening}\n"
    ":61:2611221122{movement}\n:62F:C261122EUR{closing}\n"
)


@pytest.mark.parametrize(
    ("movement", "cents"),
    [
        ("C12,50NTRFNONREF", 1250),
        ("D12,50NTRFNONREF", -1250),
        ("RC12,50NTRFNONREF", -1250),
        ("RD12,50NTRFNONREF", 1250),
        ("CR12,50NTRFNONREF", 1250),
        ("DR12,5NTRFNONREF", -1250),
        ("RCR12,50NTRFNONREF", -1250),
        ("C1.234,56NTRFNONREF", 123456),
        ("C000000001234,56N541EREF", 123456),
        ("C1234.56NTRFNONREF", 123456),
        ("C7,NOV NONREF", 700),
        ("C7NMSC", 700),
        ("C0,00NTRFNONREF", 0),
    ],
)
def test_every_mark_and_way_of_writing_an_amount(movement, cents):
    line = read_statement(MESSAGE.format(opening="0,", movement=movement, closing="0,").encode()).statements[0].lines[0]

    assert line.cents == cents


def test_an_expected_movement_is_not_booked():
    statement = read_statement(MESSAGE.format(opening="1,", movement="EC12,50NTRF", closing="1,").encode()).statements[
        0
    ]

    assert (statement.lines, statement.adds_up) == ((), True)


def camt(old="", new=""):
    return (FILES / "ing_v02.xml").read_text().replace(old, new)


ENTITIES = '<!DOCTYPE d [<!ENTITY a "b">]>'


def damaged(content: bytes) -> bytes:
    """A zip of which the packed bytes are not what they were."""
    return content[:60] + b"\xff" * 40 + content[100:]


@pytest.mark.parametrize(
    ("content", "because"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        (b"GIF89a\x00\x01", "NUL bytes"),
        ("hello world", "not a bank statement we know"),
        ('"a","b"\n"1","2"\n', "not a bank statement we know"),
        (camt("<Document", f"{ENTITIES}<Document"), "document type"),
        (camt("<Document", f"{ENTITIES}<Document").encode("utf-16-le"), "document type"),
        (camt()[:900], "not complete"),
        (camt("BkToCstmrStmt", "BkToCstmrAcctRpt"), "camt.052"),
        (camt("BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"), "camt.054"),
        ("<html></html>", "not a bank statement"),
        (camt("CLBD", "INFO"), "closing balance"),
        (camt("PRCD", "INFO"), "opening balance"),
        (camt(">42.50<", ">42.505<"), "42.505"),
        (camt(">42.50<", ">-42.50<"), "-42.50"),
        (camt(">42.50<", ">1e3<"), "1e3"),
        (camt(">42.50<", "><"), "cannot be read"),
        (camt('"EUR">42.50', '"USD">42.50'), "mixes currencies (EUR, USD)"),
        (camt("<CdtDbtInd>CRDT</CdtDbtInd><Sts>", "<Sts>"), "came in or went out"),
        (camt("<Dt>2026-11-22</Dt></BookgDt>", "<Dt>gisteren</Dt></BookgDt>"), "gisteren"),
        (camt("<IBAN>NL72INGB0006543217</IBAN>", ""), "which account"),
        (MESSAGE.format(opening="0,", movement="C1.234NTRF", closing="0,"), "1.234"),
        (MESSAGE.format(opening="0,", movement="C1,234NTRF", closing="0,"), "1,234"),
        (MESSAGE.format(opening="0,", movement="X12,50NTRF", closing="0,"), "cannot be read"),
        (MESSAGE.format(opening="0,", movement="C12,50NTRF", closing="0,").replace("EUR0,\n:61", "USD0,\n:61"), "EUR"),
        (MESSAGE.format(opening="0,", movement="C12,50NTRF", closing="0,").replace(":62F:", ":64:"), "closing balance"),
        (MESSAGE.format(opening="0,", movement="C12,50NTRF", closing="0,") + ":20:CUT\n", "opening balance"),
        (MESSAGE.replace("{movement}", "C99999999999999999,00NTRF").format(opening="0,", closing="0,"), "too large"),
        (":20:X\n:25:NL44RABO0123456789\n:28C:1\n:34F:EUR0,\n:61:2611221122C1,NTRF\n", "MT942"),
        ((FILES / "rabobank.csv").read_bytes()[:-40], "cut off"),
        ((FILES / "rabobank.csv").read_bytes().replace(b'"+42,50"', b'"+1.425"'), "1.425"),
        ((FILES / "ing_new.csv").read_bytes().replace(b'"Af"', b'"Xx"'), "came in or went out"),
        ((FILES / "ing_new.csv").read_text().splitlines()[0], "no lines"),
        ((FILES / "two_banks.zip").read_bytes()[:-200], "zip file is damaged"),
        (b"PK\x03\x04" + (FILES / "two_banks.zip").read_bytes()[44:], "zip file is damaged"),
        (damaged((FILES / "two_banks.zip").read_bytes()), "zip file is damaged"),
        ((FILES / "knab.940").read_text().split(":61:", 1)[1].join([":61:", ""]), "does not begin where a statement"),
        (MESSAGE.format(opening="0,", movement=f"C{'9' * 5000},00NTRF", closing="0,"), "cannot be read"),
        (MESSAGE.format(opening="0,", movement="C\u0661\u0662,50NTRF", closing="0,"), "cannot be read"),
        (camt(">42.50<", f">{'9' * 5000}<"), "cannot be read"),
        (camt(">42.50<", ">\u0664\u0662.50<"), "cannot be read"),
    ],
)
def test_what_cannot_be_read_right_is_refused_whole_with_one_sentence(content, because):
    assert because in refusal(content)


def test_a_zip_that_lies_about_its_size_or_holds_a_zip_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("nested.zip", (FILES / "two_banks.zip").read_bytes())
    mixed = io.BytesIO()
    with zipfile.ZipFile(mixed, "w") as archive:
        archive.writestr("a.xml", (FILES / "ing_v02.xml").read_bytes())
        archive.writestr("b.csv", (FILES / "ing_new.csv").read_bytes())

    assert "damaged" in refusal(buffer.getvalue())
    assert "different kinds" in refusal(mixed.getvalue())


def test_the_readers_need_no_django():
    code = "import finance.bank.readers, sys; assert not any(name.startswith('django') for name in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=FILES.parents[2], check=False).returncode == 0


def test_json_has_the_published_shape():
    shape = json.loads(json.dumps(read("rabobank_v08.xml").as_json()))

    assert shape == {
        "format": "camt.053",
        "statements": [
            {
                "account": "NL44RABO0123456789",
                "currency": "EUR",
                "opening_cents": 100000,
                "closing_cents": 104250,
                "adds_up": True,
                "lines": [
                    {
                        "booked_on": "2026-11-22",
                        "cents": 4250,
                        "name": "Mw A Visser",
                        "iban": VISSER,
                        "reference": REFERENCES[0],
                        "text": "",
                    }
                ],
            }
        ],
    }
