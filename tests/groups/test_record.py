"""The register person by person: corrections, kinds, the end of a membership, guardians, answers that wait."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from groups.people.access import current_roles, wards_of
from groups.people.models import AssociationRole, AuditEntry, Letter, ProfileField, ProfileValue
from groups.people.services import answer_fields, change_kind, end_enrolment, grant_role
from groups.subgroups.access import forget_rights, is_member
from groups.subgroups.models import Removal
from groups.subgroups.services.defaults import end_places_without_enrolment
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_people import some_kind
from tests.groups.test_entry import proven

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client):
    member = member_with(AssociationRole.COMMUNITY_MANAGER)
    proven(client, member)
    return member


def record_of(person, name="member-record", **more):
    return reverse(name, args=[person.pk, *more.values()])


@pytest.mark.parametrize("search", ["jansen", "L-77", "fenna@"])
def test_somebody_is_found_by_name_number_or_address(client, secretary, search):
    MemberFactory(first_name="Fenna", last_name="Jansen", number="L-77", email="fenna@vereniging.example")
    MemberFactory(first_name="Klaas", last_name="Vaak")

    found = client.get(reverse("records"), {"q": search}).content.decode()

    assert "Fenna Jansen" in found
    assert "Klaas Vaak" not in found


@pytest.mark.parametrize("people", [1, 5])
def test_the_list_costs_the_same_for_any_number(client, secretary, people, django_assert_max_num_queries):
    for _ in range(people):
        MemberFactory()

    with django_assert_max_num_queries(26):
        assert client.get(reverse("records")).status_code == 200


def test_who_left_is_found_among_who_left(client, secretary):
    gone = MemberFactory(first_name="Weg", last_name="Gegaan")
    end_enrolment(member=gone, by=None)

    assert "Weg Gegaan" in client.get(reverse("records"), {"kind": "gone"}).content.decode()
    assert "Weg Gegaan" not in client.get(reverse("records"), {"kind": some_kind().pk}).content.decode()


def test_a_corrected_address_is_the_one_to_log_in_with_and_the_old_one_is_told(client, secretary):
    person = MemberFactory(first_name="Fenna", email="oud@vereniging.example")
    values = {
        "first_name": "Fenna",
        "name_prefix": "",
        "last_name": "Vos",
        "number": "9",
        "email": "Nieuw@Vereniging.example",
    }

    client.post(record_of(person, "save-record"), values)

    person.refresh_from_db()
    assert (person.email, person.number, person.last_name) == ("nieuw@vereniging.example", "9", "Vos")
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")) == [
        ("nieuw@vereniging.example", True, True)
    ]
    assert Letter.objects.get().email == "oud@vereniging.example"
    assert AuditEntry.objects.get(act="member.changed").details == {"fields": ["email", "last_name", "number"]}


def test_a_number_somebody_else_has_is_refused_and_what_was_typed_stays(client, secretary):
    MemberFactory(number="9")
    person = MemberFactory(first_name="Fenna")
    values = {"first_name": "Fenne", "last_name": "Vos", "number": "9", "email": person.email}

    answer = client.post(record_of(person, "save-record"), values)

    assert answer.status_code == 422
    assert "Fenne" in answer.content.decode()
    person.refresh_from_db()
    assert person.first_name == "Fenna"


def test_another_kind_is_a_second_period(client, secretary):
    person, youth = MemberFactory(), some_kind("Jeugd")

    client.post(record_of(person, "save-kind"), {"kind": youth.pk})

    periods = list(person.enrolments.order_by("starts_on").values_list("kind__name", "ends_on"))
    assert periods == [("Lid", timezone.localdate() - timedelta(days=1)), ("Jeugd", None)]


def test_a_kind_chosen_twice_on_one_day_leaves_one_period_of_that_day():
    person = MemberFactory()

    change_kind(member=person, kind=some_kind("Jeugd"), by=None)
    change_kind(member=person, kind=some_kind("Donateur"), by=None)

    assert list(person.enrolments.order_by("starts_on").values_list("kind__name", flat=True)) == ["Lid", "Donateur"]


def test_a_membership_that_ends_on_a_date_closes_everything_on_that_date(client, secretary):
    subgroup = SubgroupFactory()
    person = member_of(subgroup)
    grant_role(member=person, role=AssociationRole.AUDITOR, by=None)
    last_day = timezone.localdate() + timedelta(days=3)

    client.post(record_of(person, "end-membership-of"), {"ends_on": last_day.isoformat()})

    def standing():
        end_places_without_enrolment()
        forget_rights(person)
        return is_member(person, subgroup), bool(current_roles(person)), person.enrolments.on().exists()

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        on_the_last_day = standing()
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        the_day_after = standing()
    assert on_the_last_day == (True, True, True)
    assert the_day_after == (False, False, False)


def test_who_is_put_out_of_the_association_loses_everything_at_once_and_reads_why(client, secretary):
    subgroup = SubgroupFactory()
    person = member_of(subgroup)

    client.post(reverse("expel-member", args=[person.pk]), {"reason": "Herhaald schelden"})

    forget_rights(person)
    removal = Removal.objects.get(member=person)
    client.force_login(person)
    assert not is_member(person, subgroup)
    assert not person.enrolments.on().exists()
    assert "Herhaald schelden" in client.get(reverse("removal", args=[removal.pk])).content.decode()


def test_a_guardian_is_appointed_and_ended_on_the_record(client, secretary):
    child, parent = MemberFactory(email=None), MemberFactory()

    client.post(record_of(child, "add-guardian"), {"guardian": parent.pk})
    during = list(wards_of(parent))
    row = child.guardians.get()
    client.post(reverse("end-guardian", args=[child.pk, row.pk]))

    assert during == [child]
    assert list(wards_of(parent)) == []


def waiting_answer(**fields):
    field = ProfileField.objects.create(name="Vaarbewijs", needs_approval=True)
    member = MemberFactory(**fields)
    answer_fields(member=member, answers={field.pk: ("KVB I", "members")})
    return ProfileValue.objects.get(member=member)


@pytest.mark.parametrize(("decision", "value"), [("yes", "KVB I"), ("no", "")])
def test_an_answer_that_waits_is_decided_and_the_member_hears_it(client, secretary, decision, value):
    answer = waiting_answer()
    shown = client.get(reverse("approvals")).content.decode()

    client.post(reverse("approvals"), {"value": answer.pk, "decision": decision})

    answer.refresh_from_db()
    assert "KVB I" in shown
    assert (answer.value, answer.proposed) == (value, "")
    assert Notice.objects.filter(member=answer.member, kind="profile_answer").count() == 1
    assert "KVB I" not in client.get(reverse("approvals")).content.decode()


def test_an_answer_can_be_taken_back_without_waiting():
    answer = waiting_answer()
    ProfileValue.objects.filter(pk=answer.pk).update(value="KVB II", proposed="")

    answer_fields(member=answer.member, answers={answer.field_id: ("", "members")})

    answer.refresh_from_db()
    assert (answer.value, answer.proposed) == ("", "")


@pytest.mark.parametrize("name", ["records", "approvals"])
def test_the_record_is_for_who_keeps_the_register(client, name):
    client.force_login(member_with(AssociationRole.BOARD))

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(
    "name", ["member-record", "save-record", "save-kind", "end-membership-of", "add-guardian", "expel-member"]
)
def test_nobody_else_changes_a_record(client, name):
    person = MemberFactory(first_name="Fenna")
    proven(client, member_with(AssociationRole.BOARD))

    answer = client.post(reverse(name, args=[person.pk]), {"first_name": "Anders", "last_name": "X", "reason": "x"})

    person.refresh_from_db()
    assert answer.status_code in (403, 405)
    assert person.first_name == "Fenna"
    assert person.enrolments.on().exists()
