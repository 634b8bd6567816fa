import io

import pytest
import segno
import zxingcpp
from PIL import Image

from finance.bank.qr import epc_payload, epc_svg

FIELDS = {"name": "R.V. De Waterhoen", "iban": "NL44RABO0123456789", "cents": 4250, "reference": "RF231000000012"}


def test_the_payload_has_every_field_in_its_place():
    assert epc_payload(**FIELDS, bic="RABONL2U").split("\n") == [
        *("BCD", "002", "1", "SCT", "RABONL2U", "R.V. De Waterhoen", "NL44RABO0123456789"),
        *("EUR42.50", "", "RF231000000012"),
    ]


def test_a_text_stands_in_its_own_place_when_there_is_no_reference():
    lines = epc_payload(name="A", iban="NL44RABO0123456789", cents=5, text="Fooi").split("\n")

    assert (lines[7], lines[9], lines[10]) == ("EUR0.05", "", "Fooi")


def test_a_long_name_is_cut_at_seventy_signs():
    assert epc_payload(**{**FIELDS, "name": "x" * 80}).split("\n")[5] == "x" * 70


@pytest.mark.parametrize("cents", [0, -1, 10**11])
def test_an_amount_outside_the_standard_is_refused(cents):
    with pytest.raises(ValueError, match="amount"):
        epc_payload(**{**FIELDS, "cents": cents})


def test_a_second_library_reads_the_code_back():
    payload = epc_payload(**{**FIELDS, "name": "Vereniging Zuiderzée"})
    picture = io.BytesIO()
    segno.make(payload, error="m", encoding="utf-8", micro=False, boost_error=False).save(picture, kind="png", scale=6)

    assert zxingcpp.read_barcodes(Image.open(picture))[0].text == payload


def test_the_drawing_passes_a_strict_content_policy():
    drawing = epc_svg(epc_payload(**FIELDS))

    assert drawing.startswith("<svg")
    assert "style=" not in drawing
    assert 'viewBox="0 0' in drawing
