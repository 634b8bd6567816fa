"""Groups in from a file and out again: dry run with line numbers, taking over, undoing, and the way round."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import Workbook

from groups.conversations.services import chat_of, post_message
from groups.people.audit import AuditEntry
from groups.people.errors import ImportRefused
from groups.people.models import AssociationRole, Enrolment, Member
from groups.people.register.applying import apply_import, start_import
from groups.people.register.exporting import export_lines
from groups.people.register.planning import plan_import
from groups.subgroups.errors import GroupImportIsFinal
from groups.subgroups.group_file import apply_groups, group_lines, plan_groups, undo_groups
from groups.subgroups.models import GroupImport, Membership, RoleGroup, Subgroup
from groups.subgroups.services import add_member, archive_subgroup, managers
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

pytestmark = pytest.mark.django_db

HEAD = "Naam;Omschrijving;Soort;Meedoen;Verborgen;Plaatsen;Huisregels;Beheerder;Adres"


@pytest.fixture
def by():
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def plan(by, *lines, head=HEAD, name="groepen.csv") -> GroupImport:
    return plan_groups(name=name, content="\n".join([head, *lines]).encode(), by=by)


def outcomes(made) -> list[tuple]:
    return [(row["line"], row["outcome"]) for row in made.rows]


def test_the_dry_run_lists_what_each_line_does_and_changes_nothing(by):
    SubgroupFactory(name="Zeilers", description="Wij zeilen.")
    SubgroupFactory(name="Kanoërs", description="Wij kanoën.")
    old = SubgroupFactory(name="Vroeger")
    archive_subgroup(subgroup=old)

    made = plan(
        by,
        "Roeiers;Wij roeien.;Commissie;Iedereen mag meedoen;nee;40;;;",
        "zeilers;Wij zeilen graag.;;;;;;;",
        "Kanoërs;Wij kanoën.;;;;;;;",
        "Zonder doel;;;;;;;;",
        ";Zonder naam;;;;;;;",
        "Vroeger;Weer open?;;;;;;;",
        "ROEIERS;Nog eens;;;;;;;",
        "Golfers;Wij golfen.;Golfbaan;;;;;;",
        "Fietsers;Wij fietsen.;;;misschien;;;;",
        "Lopers;Wij lopen.;;;;2000;;;",
        "Kaarters;Wij kaarten.;;;;;;niemand@nergens.example;",
    )

    assert outcomes(made) == [
        (2, "add"), (3, "change"), (4, "same"), (5, "reject"), (6, "reject"), (7, "reject"), (8, "reject"),
        (9, "reject"), (10, "reject"), (11, "reject"), (12, "reject"),
    ]  # fmt: skip
    assert all(row["reason"] for row in made.rows if row["outcome"] in ("reject", "change"))
    assert not Subgroup.objects.filter(name="Roeiers").exists()
    assert Subgroup.objects.get(name="Zeilers").description == "Wij zeilen."


def test_taking_over_makes_and_changes_groups_as_the_product_makes_them(by):
    anna = MemberFactory(first_name="Anna", number="1904")
    sailing = SubgroupFactory(name="Zeilers", description="Wij zeilen.")
    made = plan(by, "Roeiers;Wij roeien.;Committee;Invitation;ja;40;Op tijd.;1904;", "Zeilers;Op het meer.;;;;;;;")

    apply_groups(made=made, by=by)

    rowing = Subgroup.objects.get(name="Roeiers")
    sailing.refresh_from_db()
    assert (rowing.kind, rowing.join_policy, rowing.is_hidden, rowing.places) == ("committee", "invitation", True, 40)
    assert list(managers(rowing)) == [anna]
    assert RoleGroup.objects.filter(subgroup=rowing).count() == 4
    assert sailing.description == "Op het meer."
    assert AuditEntry.objects.filter(act="groups.imported", actor_id=by.pk).count() == 1
    with pytest.raises(GroupImportIsFinal):
        apply_groups(made=made, by=by)


def test_undoing_restores_what_there_was(by):
    sailing = SubgroupFactory(name="Zeilers", description="Wij zeilen.", places=50)
    MemberFactory(number="1904")
    made = plan(by, "Roeiers;Wij roeien.;;;;;;1904;", "Zeilers op zee;Op het meer.;;;;80;;;zeilers")
    apply_groups(made=made, by=by)
    sailing.refresh_from_db()
    assert (sailing.name, sailing.places) == ("Zeilers op zee", 80)

    undo_groups(made=made, by=by)

    sailing.refresh_from_db()
    assert (sailing.name, sailing.description, sailing.places) == ("Zeilers", "Wij zeilen.", 50)
    assert not Subgroup.objects.filter(name="Roeiers").exists()
    with pytest.raises(GroupImportIsFinal):
        undo_groups(made=made, by=by)


def test_undoing_loses_nobodys_words_and_leaves_what_was_changed_since(by):
    SubgroupFactory(name="Zeilers", description="Wij zeilen.")
    made = plan(by, "Roeiers;Wij roeien.;;;;;;;", "Zeilers;Op het meer.;;;;;;;")
    apply_groups(made=made, by=by)
    rowing = Subgroup.objects.get(name="Roeiers")
    post_message(conversation=chat_of(rowing), by=member_of(rowing), text="Hoi")
    Subgroup.objects.filter(name="Zeilers").update(description="Wij zeilen nu anders.")

    undo_groups(made=made, by=by)

    rowing.refresh_from_db()
    assert rowing.archived_at is not None
    assert Subgroup.objects.get(name="Zeilers").description == "Wij zeilen nu anders."


def test_the_umbrella_is_never_overfilled(by, monkeypatch):
    for module in ("planning", "applying"):
        monkeypatch.setattr(f"groups.subgroups.group_file.{module}.MAX_SUBGROUPS", 2, raising=False)
    SubgroupFactory()
    made = plan(by, "Een;Voor een.;;;;;;;", "Twee;Voor twee.;;;;;;;")
    assert outcomes(made) == [(2, "add"), (3, "reject")]

    monkeypatch.setattr("groups.subgroups.services.lifecycle.MAX_SUBGROUPS", 1)  # meanwhile somebody took the place
    apply_groups(made=made, by=by)

    made.refresh_from_db()
    assert outcomes(made) == [(2, "reject"), (3, "reject")]
    assert Subgroup.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"kolom;nog een\n1;2", b"PK\x03\x04 kapot", b"\x00\xff\x00"])
def test_a_file_that_is_none_is_refused_with_a_sentence(client, by, content):
    with pytest.raises(ImportRefused):
        plan_groups(name="x.csv", content=content, by=by)
    log_in_freshly(client, by)
    if content:
        upload = io.BytesIO(content)
        upload.name = "x.csv"
        assert client.post(reverse("groups-file"), {"file": upload}).status_code == 422


def test_excel_is_read_too(by):
    book, out = Workbook(), io.BytesIO()
    book.active.append(["Name", "Description", "Places"])
    book.active.append(["Roeiers", "Wij roeien.", 40])
    book.save(out)

    made = plan_groups(name="groepen.xlsx", content=out.getvalue(), by=by)

    assert made.rows[0]["values"] == {"name": "Roeiers", "description": "Wij roeien.", "places": 40}


def test_members_and_groups_taken_out_load_into_an_empty_house_with_equal_counts(by):
    rowing = SubgroupFactory(name="Jeugd, ouders", description="=SOM(1)", kind="committee", places=12, is_hidden=True)
    other = SubgroupFactory(name="Zeilers", description="Regel een\nRegel twee; met teken")
    for number, name in enumerate(["Anna", "Bé", "O'Neill"]):
        member = MemberFactory(first_name=name, last_name="'t Hooft", number=f"10{number}")
        for group in (rowing, other)[: number + 1]:
            add_member(subgroup=group, member=member)
    before = (
        _counts(),
        list(Subgroup.objects.order_by("name").values_list("name", "description", "kind", "places", "is_hidden")),
    )
    people, groups = (
        "".join(export_lines(Member.objects.all(), reader=by)),
        "".join(group_lines(Subgroup.objects.all())),
    )
    Membership.objects.all().delete()
    Subgroup.objects.all().delete()
    Member.objects.exclude(pk=by.pk).delete()

    apply_groups(made=plan_groups(name="g.csv", content=groups.encode(), by=by), by=by)
    made = plan_import(name="m.csv", content=people.encode(), by=by)
    start_import(made=made, by=by)
    apply_import(made.pk)

    after = list(Subgroup.objects.order_by("name").values_list("name", "description", "kind", "places", "is_hidden"))
    assert (_counts(), after) == before
    assert set(made.rows.values_list("outcome", flat=True)) <= {"add", "same"}


def _counts() -> tuple:
    places = Membership.objects.active().values_list("member__number", "subgroup__name")
    return Member.objects.count(), Enrolment.objects.on().count(), Subgroup.objects.count(), sorted(map(str, places))


def test_only_who_makes_groups_does_this_and_the_export_is_noted(client, by):
    made = plan(by, "Roeiers;Wij roeien.;;;;;;;")
    log_in_freshly(client, member_with(AssociationRole.BOARD))
    assert client.get(reverse("groups-file")).status_code == 403
    assert client.post(reverse("group-import", args=[made.pk])).status_code == 403
    assert client.post(reverse("export-groups")).status_code == 403

    log_in_freshly(client, by)
    page = client.get(reverse("group-import", args=[made.pk])).content.decode()
    assert client.post(reverse("group-import", args=[made.pk]), {"take": "1"}).status_code == 302
    exported = b"".join(client.post(reverse("export-groups")).streaming_content).decode()

    assert "Roeiers" in page
    assert "Roeiers" in exported
    assert AuditEntry.objects.filter(act="groups.exported").count() == 1


def test_undone_comes_after_taken_over(by):
    made = plan(by, "Roeiers;Wij roeien.;;;;;;;")

    with pytest.raises(IntegrityError), transaction.atomic():
        GroupImport.objects.filter(pk=made.pk).update(undone_at=made.created_at)
