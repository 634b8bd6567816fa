"""Members come in from a file and go out as one."""

import csv
import datetime
import io

import pytest
from openpyxl import Workbook

from groups.people.errors import ImportIsFinal, ImportRefused
from groups.people.models import AssociationRole, Member, RegisterRow
from groups.people.register.applying import apply_import, start_import, undo_import
from groups.people.register.exporting import export_lines, inert
from groups.people.register.planning import plan_import, split_name, split_prefix
from groups.people.register.reading import day_of, read_lines
from groups.subgroups.access import is_member
from tests.factories import MemberFactory, SubgroupFactory, member_with
from tests.factories_people import some_kind
from tests.messy_register import as_csv, as_excel, messy_rows
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
Outcome = RegisterRow.Outcome


@pytest.fixture
def secretary():
    some_kind("Lid")
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def planned(secretary, text: str, encoding="utf-8", name="leden.csv"):
    return plan_import(name=name, content=text.encode(encoding), by=secretary)


def taken_over(made, secretary):
    start_import(made=made, by=secretary)
    apply_import(made.pk)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_names_are_read_right_from_every_kind_of_csv(encoding, separator):
    text = f"Voornaam{separator}Achternaam\nZoë{separator}O'Brien\n"

    lines = list(read_lines("leden.csv", text.encode(encoding)))

    assert [(line.number, line.values) for line in lines] == [(2, {"first_name": "Zoë", "last_name": "O'Brien"})]


def test_excel_gives_numbers_and_days_as_text():
    book = Workbook()
    book.active.append(["Lidnummer", "Naam", "Lid sinds"])
    book.active.append([1204.0, "Jan van der Berg", datetime.datetime(2014, 3, 1)])  # noqa: DTZ001 — a cell has no zone
    target = io.BytesIO()
    book.save(target)

    (line,) = read_lines("leden.xlsx", target.getvalue())

    assert line.values == {"number": "1204", "name": "Jan van der Berg", "starts_on": "2014-03-01"}


@pytest.mark.parametrize("text", ["2014-03-01", "1-3-2014", "01/03/2014", "1.3.2014", "41699", "2014-03-01 00:00:00"])
def test_days_are_read_however_they_are_written(text):
    assert day_of(text) == datetime.date(2014, 3, 1)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jan van der Berg", ("Jan", "van der", "Berg")),
        ("Berg, Jan van der", ("Jan", "van der", "Berg")),
        ("Zoë O'Brien", ("Zoë", "", "O'Brien")),
        ("Bé van 't Hof", ("Bé", "van 't", "Hof")),
        ("Cher", ("Cher", "", "")),
    ],
)
def test_a_whole_name_falls_apart_at_its_prefix(name, parts):
    assert split_name(name) == parts


def test_a_last_name_that_only_looks_like_a_prefix_stays_whole():
    assert split_prefix("Vander Elst") == ("", "Vander Elst")
    assert split_prefix("Tenhagen") == ("", "Tenhagen")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"kleur;maat\nrood;4\n"])
def test_what_is_no_register_is_refused_in_words(secretary, content):
    with pytest.raises(ImportRefused):
        plan_import(name="x", content=content, by=secretary)


def test_a_dry_run_changes_nothing_and_names_every_line(secretary):
    MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit")
    before = Member.objects.count()

    made = planned(
        secretary,
        "Voornaam;Achternaam;E-mail;Soort lid;Lid sinds\n"
        "Jan;Smidt;JAN@register.example;Lid;1-3-2014\n"
        "Piet;Bos;piet@register.example;;\n"
        "Kees;Vos;geen adres;;\n"
        "Truus;Bos;piet@register.example;;\n"
        "An;Mol;an@register.example;;30-2-2020\n",
    )

    rows = {row.line: row for row in made.rows.all()}
    assert {line: row.outcome for line, row in rows.items()} == {
        2: Outcome.CHANGE, 3: Outcome.ADD, 4: Outcome.REJECT, 5: Outcome.REJECT, 6: Outcome.REJECT
    }  # fmt: skip
    assert "3" in rows[5].reason
    assert Member.objects.count() == before


def test_a_number_and_an_address_of_two_members_is_not_guessed(secretary):
    MemberFactory(number="7")
    MemberFactory(email="jan@register.example")

    made = planned(secretary, "Lidnummer;Voornaam;E-mail\n7;Jan;jan@register.example\n")

    assert made.rows.get().outcome == Outcome.REJECT


def test_taking_over_adds_changes_places_and_undo_restores(secretary):
    known = MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit")
    subgroup = SubgroupFactory(name="Toerroeien")
    made = planned(
        secretary,
        "Voornaam;Achternaam;E-mail;Groepen\n"
        "Jan;Smidt;jan@register.example;\nPiet;van der Bos;piet@register.example;Toerroeien\n",
    )

    taken_over(made, secretary)
    known.refresh_from_db()
    added = Member.objects.get(email="piet@register.example")
    during = (known.last_name, added.name_prefix, is_member(added, subgroup), added.enrolments.on().exists())
    undo_import(made=made, by=secretary)
    known.refresh_from_db()

    assert during == ("Smidt", "van der", True, True)
    assert known.last_name == "Smit"
    assert not Member.objects.filter(email="piet@register.example").exists()
    subgroup.refresh_from_db()
    assert subgroup.member_count == 0
    with pytest.raises(ImportIsFinal):
        undo_import(made=made, by=secretary)


def test_an_import_killed_halfway_goes_on_where_it_was(secretary, monkeypatch):
    from groups.people.register import applying

    monkeypatch.setattr(applying, "PORTION", 3)
    made = plan_import(name="x", content=as_csv(messy_rows(10)), by=secretary)
    start_import(made=made, by=secretary)
    applying._apply_portion(made.pk)
    halfway = Member.objects.filter(number__isnull=False).count()

    apply_import(made.pk)
    apply_import(made.pk)

    made.refresh_from_db()
    assert halfway == 3
    assert made.rows_done == 10
    assert Member.objects.filter(number__isnull=False).count() == 10


@pytest.mark.parametrize("write", [as_csv, as_excel])
def test_a_messy_register_goes_in_but_for_its_wrong_lines(secretary, write):
    made = plan_import(name="leden", content=write(messy_rows(200)), by=secretary)

    taken_over(made, secretary)

    assert made.counts() == {Outcome.ADD: 194, Outcome.REJECT: 6}
    assert Member.objects.filter(number__isnull=False).count() == 194


@pytest.mark.parametrize("text", ["=1+1", "+31612345678", "-1", "@SUM(A1)", "＝1+1", "\t=1"])
def test_a_formula_stays_text_on_its_way_out(secretary, text):
    MemberFactory(first_name=text)

    rows = list(csv.reader(io.StringIO("".join(export_lines(Member.objects.all())).lstrip("\ufeff")), delimiter=";"))

    assert inert(text) == f"'{text}"
    assert f"'{text}" in [row[1] for row in rows]


@pytest.mark.parametrize("members", [1, 4])
def test_an_export_costs_the_same_for_any_number(secretary, members, django_assert_num_queries):
    for _ in range(members):
        MemberFactory()

    with django_assert_num_queries(4):
        list(export_lines(Member.objects.all()))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_import_taken_over_twice_at_once_adds_everybody_once():
    some_kind("Lid")
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    made = plan_import(name="x", content=as_csv(messy_rows(8)), by=secretary)
    start_import(made=made, by=secretary)

    at_once(lambda: apply_import(made.pk), lambda: apply_import(made.pk))

    assert Member.objects.filter(number__isnull=False).count() == 8
