"""Short cuts of long lists give what the long way gives."""

import pytest
from django.urls import reverse

from theme import richtext
from theme.addresses import address

LINES = [
    "Hoi allemaal, tot vrijdag!",
    "Één, twee (drie); vier? Ja.",
    " met ruimte eromheen ",
    "1. geen gewone regel",
    "- een lijst",
    "twee\nregels",
    "kijk op club.nl of https://club.nl.",
    "mail joke@club.nl",
    "a < b & c > d",
    "*",
    "12) zo",
    "einde...",
    "zo.Dus",
    "vast\u00a0spatie",
    '\'t is "goed"',
    "",
    " ",
    "1. ",
]


@pytest.mark.parametrize("line", LINES)
def test_a_plain_line_becomes_what_the_long_way_makes_of_it(line, monkeypatch):
    short = richtext.to_html(line)
    monkeypatch.setattr(richtext, "PLAIN_LINE", richtext.re.compile("(?!)"))

    assert short == richtext.to_html(line)


def test_an_address_with_a_number_is_what_reverse_makes_of_it():
    assert [address("message-acts", number) for number in (1, 51_200)] == [
        reverse("message-acts", args=[number]) for number in (1, 51_200)
    ]
