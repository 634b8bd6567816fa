"""The way of a payment in real browsers: code and reference, bank file, and the bar that moves by itself."""

import io

import zxingcpp
from PIL import Image

from community.portal.demo.money import SAMPLE


def cents_in_the_pot(page) -> int:
    """What the pot page shows, as cents: “€ 2.167,50” and “€ 1.955”."""
    digits = page.inner_text("#pot-total .amount").replace("€", "").replace(".", "").strip()
    whole, _comma, fraction = digits.partition(",")
    return int(whole) * 100 + int(fraction or 0)


def test_a_member_pays_by_code_and_everybody_sees_the_bar_move(visitor, house):
    with visitor("phone") as anneke, visitor("desktop") as farid, visitor("desktop", "dark") as marloes:
        anneke.log_in("anneke")
        anneke.go("/pots/")
        anneke.page.click("a.btn:has-text('Betalen')")
        reference = anneke.page.inner_text("dd code").replace(" ", "")
        picture = Image.open(io.BytesIO(anneke.page.locator(".pay-code").screenshot()))
        fields = zxingcpp.read_barcodes(picture)[0].text.split("\n")
        assert fields == ["BCD", "002", "1", "SCT", "RABONL2U", *fields[5:7], "EUR42.50", "", reference]
        assert fields[5:7] == ["R.V. De Waterhoen", "NL44RABO0123456789"]

        marloes.log_in("marloes")
        marloes.go("/groups/zomertocht-friesland/pots/")
        marloes.page.click("#pot-rows a.row-link")
        marloes.page.wait_for_selector("#pot-total")
        before, shown = cents_in_the_pot(marloes.page), marloes.page.inner_text("#pot-total .amount")
        marloes.page.wait_for_timeout(1500)

        farid.log_in("penningmeester")
        farid.go("/treasury/bank/import/")
        farid.page.set_input_files("input[type=file]", house.folder / SAMPLE)
        farid.page.click("main form button")
        farid.page.wait_for_url("**/treasury/bank/")
        assert farid.page.locator(".tag-bad").count() == 1  # one member paid twice

        moved = "shown => document.querySelector('#pot-total .amount').innerText !== shown"
        marloes.page.wait_for_function(moved, arg=shown, timeout=5000)
        assert cents_in_the_pot(marloes.page) == before + 5 * 42_50
        anneke.page.reload()
        assert "Betaald" in anneke.page.inner_text("main")
