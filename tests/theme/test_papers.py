"""Every PDF is written in letters that most names are written in."""

import pytest

from tests.papers import words_on
from theme.papers import NumberedPaper, printable

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "Emine Yıldız",
        "Łukasz Źdźbło",
        "Ondřej Škvorecký",
        "Gheorghe Țurcanu",
        "Ελένη Γεωργίου",
        "Олена Ївженко",
        "€ 12,50 − 3",
    ],
)
def test_names_of_europe_are_written_as_they_are(name):
    paper = NumberedPaper("Stemmers")
    paper.line_of(name)
    paper.heading(name)
    paper.rows([(name, "1", "50%")])

    assert words_on(bytes(paper.output())).count(name) == 3


def test_a_letter_from_further_away_becomes_a_question_mark_and_stops_nothing():
    paper = NumberedPaper("Naam 李 🛶")

    assert printable("李🛶a") == "??a"
    assert "Naam ? ?" in words_on(bytes(paper.output()))
