"""Accounts, mandates and days of birth out of a file: looked at first, repeated without effect, never in clear."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from finance.fees.errors import FileNotRead
from finance.fees.models import FeeDetails, Mandate
from finance.fees.register import take_over
from finance.fees.services import lapse_mandates
from finance.fees.services.mandates import usable_mandates
from tests.entry import log_in_freshly
from tests.factories import MemberFactory
from tests.factories_fees import treasurer

pytestmark = pytest.mark.django_db
FILE = """Lidnummer;E-mail;IBAN;Rekeninghouder;Machtiging;Datum machtiging;Geboortedatum
A-1;;NL91 ABNA 0417 1643 00;A. Visser;M-001;05-01-2024;03-02-1980
;bas@x.example;NL20INGB0001234567;;M-002;2024-01-05;
A-3;;NL00ABNA0417164300;;M-003;2024-01-05;
A-4;;;;;;31-12-1975
ONBEKEND;;NL39RABO0300065264;;M-005;2024-01-05;
A-6;;NL39RABO0300065264;;;;
"""


@pytest.fixture
def people():
    for number in ("A-1", "A-3", "A-4", "A-6"):
        MemberFactory(number=number)
    MemberFactory(email="bas@x.example")


def test_looking_keeps_nothing_and_taking_over_twice_adds_nothing(people):
    by = treasurer()
    looked = take_over(name="x.csv", content=FILE.encode(), by=by, only_look=True)
    assert (sum(row.mandate for row in looked), sum(row.birth for row in looked)) == (2, 2)
    assert [row.line for row in looked if row.problem] == [4, 6, 7]
    assert not Mandate.objects.exists()
    assert not FeeDetails.objects.exists()

    take_over(name="x.csv", content=FILE.encode(), by=by, only_look=False)
    again = take_over(name="x.csv", content=FILE.encode(), by=by, only_look=False)

    assert sum(row.mandate or row.birth for row in again) == 0
    first = Mandate.objects.get(reference="M-001")
    assert (first.holder, first.iban, first.signed_on, first.way) == (
        "A. Visser", "NL91ABNA0417164300", date(2024, 1, 5), "import",
    )  # fmt: skip
    assert set(FeeDetails.objects.values_list("born_on", flat=True)) == {date(1980, 2, 3), date(1975, 12, 31)}


def test_an_old_mandate_needs_the_day_it_was_last_used_and_is_never_a_first_again(people):
    """The bank knows it already, and one that nobody used for 36 months may not be used any more."""
    by = treasurer()
    head = "Lidnummer;IBAN;Machtiging;Datum machtiging;Laatste incasso\n"
    old = "A-1;NL91ABNA0417164300;M-1;05-01-2015;"
    refused = take_over(name="x.csv", content=f"{head}{old}\n".encode(), by=by, only_look=False)
    swapped = take_over(name="x.csv", content=f"{head}{old}01-01-2014\n".encode(), by=by, only_look=False)
    assert "36" in refused[0].problem
    assert swapped[0].problem
    assert not Mandate.objects.exists()

    take_over(name="x.csv", content=f"{head}{old}02-02-2026\n".encode(), by=by, only_look=False)

    mandate = Mandate.objects.get()
    assert mandate in usable_mandates(date(2026, 12, 1))
    assert mandate.was_used_before
    assert lapse_mandates() == 0
    with time_machine.travel(date(2029, 2, 3)):
        assert lapse_mandates() == 1


def test_a_file_without_what_it_needs_is_refused(people):
    for content in (b"", b"naam;iban\nx;y\n", b"PK broken", b"lidnummer;naam\nA-1;x\n"):
        with pytest.raises(FileNotRead):
            take_over(name="x", content=content, by=treasurer(), only_look=True)


def test_the_page(client, people):
    page = reverse("take-over-mandates")
    log_in_freshly(client, MemberFactory())
    assert client.get(page).status_code == 403
    log_in_freshly(client, treasurer())
    assert client.post(page, {}).status_code == 422
    wrong = SimpleUploadedFile("x.csv", b"naam\nx\n")
    assert client.post(page, {"file": wrong, "only_look": "on"}).status_code == 422
    shown = client.post(page, {"file": SimpleUploadedFile("x.csv", FILE.encode()), "only_look": "on"})
    assert shown.status_code == 200
    assert "NL91" not in shown.content.decode()
    client.post(page, {"file": SimpleUploadedFile("x.csv", FILE.encode())})
    assert Mandate.objects.count() == 2
