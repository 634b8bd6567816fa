"""What members type becomes text with breaks, lists and links, and can do nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theme.richtext import clean, to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hoi", "<p>Hoi</p>"),
        ("Een\nTwee", "<p>Een<br>Twee</p>"),
        ("Een\n\nTwee", "<p>Een</p><p>Twee</p>"),
        ("Mee:\n- tent\n- lamp\nTot dan", "<p>Mee:</p><ul><li>tent</li><li>lamp</li></ul><p>Tot dan</p>"),
        ("1. eerst\n2. dan", "<ol><li>eerst</li><li>dan</li></ol>"),
        ("2026 was mooi", "<p>2026 was mooi</p>"),
        ("- ", "<p>-</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("", ""),
    ],
)
def test_text_keeps_its_lines_and_lists(text, html):
    assert to_html(text) == html


def test_link_is_clickable_and_gives_nothing_away():
    html = to_html("zie https://knrb.example/tocht?a=1&b=2.")

    assert html == (
        '<p>zie <a href="https://knrb.example/tocht?a=1&amp;b=2" rel="noopener nofollow ugc">'
        "https://knrb.example/tocht?a=1&amp;b=2</a>.</p>"
    )


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">klik</a>',
        "javascript:alert(1)",
        '<svg onload="alert(1)">',
        '"><iframe src="https://kwaad.example">',
    ],
)
def test_markup_of_members_is_shown_and_not_obeyed(attack):
    html = to_html(attack)

    for tag in ("<script", "<img", "<svg", "<iframe", '<a href="javascript'):
        assert tag not in html


def test_clean_lets_through_only_plain_tags_and_safe_addresses():
    html = clean('<p onclick="x()" style="color:red">a <a href="javascript:x">b</a><u>c</u></p><script>d</script>')

    assert html == '<p>a <a rel="noopener nofollow ugc">b</a>c</p>'


@given(st.text(max_size=200))
def test_no_text_at_all_brings_a_foreign_tag(text):
    html = to_html(text)

    assert clean(html) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Geld**\nEen potje", "<p><strong>Geld</strong><br>Een potje</p>"),
        ("**<b>x</b>**", "<p><strong>&lt;b&gt;x&lt;/b&gt;</strong></p>"),
        ("a **niet** b", "<p>a **niet** b</p>"),
        ("****", "<p>****</p>"),
    ],
)
def test_a_line_between_double_stars_is_a_head(text, html):
    assert to_html(text) == html
