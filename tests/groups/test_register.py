"""Members come in from a file and go out as one."""

import csv
import datetime
import io

import pytest
from django.utils import timezone
from openpyxl import Workbook

from groups.people.errors import ImportIsFinal, ImportRefused
from groups.people.models import AssociationRole, Member, RegisterRow
from groups.people.register.applying import apply_import, start_import
from groups.people.register.exporting import export_lines
from groups.people.register.planning import plan_import, split_name, split_prefix
from groups.people.register.reading import day_of, read_lines
from groups.people.register.undoing import ask_undo, undo_import
from groups.people.services import end_enrolment
from groups.people.tasks import take_over_what_was_left
from groups.subgroups.access import is_member
from groups.subgroups.connections import group_names
from groups.subgroups.models import Subgroup
from groups.subgroups.services import add_member
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


def undone(made, secretary):
    ask_undo(made=made, by=secretary)
    undo_import(made.pk)
    made.refresh_from_db()
    return made


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
    undone(made, secretary)
    known.refresh_from_db()

    assert during == ("Smidt", "van der", True, True)
    assert known.last_name == "Smit"
    assert not Member.objects.filter(email="piet@register.example").exists()
    subgroup.refresh_from_db()
    assert subgroup.member_count == 0
    with pytest.raises(ImportIsFinal):
        ask_undo(made=made, by=secretary)


def test_a_last_day_in_the_file_ends_the_period_and_undo_opens_it_again(secretary):
    known = MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit")
    made = planned(secretary, "Voornaam;Achternaam;E-mail;Einddatum\nJan;Smit;jan@register.example;31-10-2026\n")

    taken_over(made, secretary)
    during = known.enrolments.on().exists()
    undone(made, secretary)

    assert (during, known.enrolments.on().exists(), known.enrolments.count()) == (False, True, 1)


def test_a_new_kind_is_a_second_period_and_undo_leaves_the_first_alone(secretary):
    some_kind("Donateur")
    known = MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit")
    made = planned(secretary, "Voornaam;Achternaam;E-mail;Soort\nJan;Smit;jan@register.example;Donateur\n")

    taken_over(made, secretary)
    during = list(known.enrolments.order_by("starts_on").values_list("kind__name", flat=True))
    undone(made, secretary)

    assert during == ["Lid", "Donateur"]
    assert [(row.kind.name, row.ends_on) for row in known.enrolments.all()] == [("Lid", None)]


def test_the_same_file_again_changes_nothing(secretary):
    text = "Lidnr;Voornaam;Achternaam;E-mail;Einddatum\n1;Jan;Smit;jan@register.example;\n2;Bo;Vos;;31-10-2026\n"
    taken_over(planned(secretary, text), secretary)

    again = planned(secretary, text)

    assert again.counts() == {Outcome.SAME: 2}


def test_who_left_and_stands_in_the_file_again_has_come_back(secretary):
    known = MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit")
    end_enrolment(member=known, by=None)
    made = planned(secretary, "Voornaam;Achternaam;E-mail;Soort\nJan;Smit;jan@register.example;Lid\n")

    taken_over(made, secretary)

    assert known.enrolments.on().count() == 1
    assert known.enrolments.count() == 2


def test_a_member_who_is_there_already_gets_the_place_the_file_names(secretary):
    known = MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit")
    old, new = SubgroupFactory(name="Koor"), SubgroupFactory(name="Toerroeien")
    add_member(subgroup=old, member=known)
    made = planned(
        secretary, "Voornaam;Achternaam;E-mail;Groepen\nJan;Smit;jan@register.example;koor, Toerroeien, Skiff\n"
    )

    taken_over(made, secretary)
    row = made.rows.get()
    during = set(group_names([known.pk])[known.pk])
    undone(made, secretary)

    assert (row.outcome, during) == (Outcome.CHANGE, {"Koor", "Toerroeien"})
    assert "Skiff" in row.reason
    assert group_names([known.pk]) == {known.pk: ["Koor"]}
    new.refresh_from_db()
    assert new.member_count == 0


def test_a_full_group_is_named_on_the_line_of_who_found_no_place(secretary):
    SubgroupFactory(name="Koor", places=1)
    made = planned(secretary, "Voornaam;Achternaam;Groepen\nJan;Smit;Koor\nPiet;Vos;Koor\n")

    taken_over(made, secretary)

    assert ["Koor" in row.reason for row in made.rows.all()] == [False, True]
    assert Subgroup.objects.get(name="Koor").member_count == 1


def test_a_line_that_clashes_since_the_dry_run_stops_nobody_else(secretary):
    made = plan_import(name="x", content=as_csv(messy_rows(9)), by=secretary)
    MemberFactory(number="10004")

    taken_over(made, secretary)

    assert made.counts() == {Outcome.ADD: 8, Outcome.REJECT: 1}
    assert made.rows.get(outcome=Outcome.REJECT).values["number"] == "10004"
    assert Member.objects.filter(number__isnull=False).count() == 9


def test_two_numbers_may_change_places_in_one_file(secretary):
    jan = MemberFactory(email="jan@register.example", first_name="Jan", last_name="Smit", number="1")
    bo = MemberFactory(email="bo@register.example", first_name="Bo", last_name="Vos", number="2")
    text = "Lidnr;Voornaam;Achternaam;E-mail\n1;Bo;Vos;bo2@register.example\n2;Jan;Smit;jan2@register.example\n"

    taken_over(planned(secretary, text), secretary)

    jan.refresh_from_db()
    bo.refresh_from_db()
    assert (jan.first_name, jan.email, bo.first_name, bo.email) == (
        "Bo", "bo2@register.example", "Jan", "jan2@register.example",
    )  # fmt: skip


def test_undo_keeps_who_logged_in_and_closes_whom_something_hangs_on(secretary):
    made = planned(secretary, "Voornaam;Achternaam;E-mail\nJan;Smit;jan@register.example\nBo;Vos;bo@register.example\n")
    taken_over(made, secretary)
    Member.objects.filter(email="jan@register.example").update(last_login=timezone.now())

    undone(made, secretary)

    assert list(Member.objects.filter(email__endswith="@register.example").values_list("first_name", flat=True)) == [
        "Jan"
    ]


def test_an_undoing_killed_halfway_goes_on_where_it_was(secretary, monkeypatch):
    from groups.people.register import undoing

    made = taken_over(plan_import(name="x", content=as_csv(messy_rows(10)), by=secretary), secretary)
    monkeypatch.setattr(undoing, "PORTION", 3)
    ask_undo(made=made, by=secretary)
    undoing._undo_portion(made.pk)
    halfway = Member.objects.filter(number__isnull=False).count()

    take_over_what_was_left()

    made.refresh_from_db()
    assert (halfway, Member.objects.filter(number__isnull=False).count()) == (7, 0)
    assert made.undone_at is not None


def test_taking_over_costs_a_fixed_number_of_queries_a_portion(secretary, django_assert_max_num_queries):
    made = plan_import(name="x", content=as_csv(messy_rows(300)), by=secretary)
    start_import(made=made, by=secretary)

    with django_assert_max_num_queries(60):
        apply_import(made.pk)


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

    rows = list(
        csv.reader(
            io.StringIO("".join(export_lines(Member.objects.all(), reader=secretary)).lstrip("\ufeff")), delimiter=";"
        )
    )

    assert f"'{text}" in [row[1] for row in rows]


@pytest.mark.parametrize("members", [1, 4])
def test_an_export_costs_the_same_for_any_number(secretary, members, django_assert_num_queries):
    for _ in range(members):
        MemberFactory()

    with django_assert_num_queries(4):
        list(export_lines(Member.objects.all(), reader=secretary))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_import_taken_over_twice_at_once_adds_everybody_once():
    some_kind("Lid")
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    made = plan_import(name="x", content=as_csv(messy_rows(8)), by=secretary)
    start_import(made=made, by=secretary)

    at_once(lambda: apply_import(made.pk), lambda: apply_import(made.pk))

    assert Member.objects.filter(number__isnull=False).count() == 8
