"""Coming into the association: by invitation, by application; and proving twice who one is."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from groups.people.errors import ApplicationDecided, ApplicationGone
from groups.people.letters import send_letters
from groups.people.models import Application, AssociationRole, Enrolment, Letter, Member
from groups.people.services import apply, confirm_application, decide_application
from groups.subgroups.access import is_member
from groups.subgroups.models import Invitation
from groups.subgroups.services import invite_address, make_link, revoke_invitation
from tests.factories import MemberFactory, SubgroupFactory, member_with
from tests.factories_people import some_kind
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
PASSWORD = "Een-heel-lang-wachtwoord-7"


def person(email):
    return {
        "first_name": "Fenna",
        "name_prefix": "van",
        "last_name": "Dijk",
        "email": email,
        "password1": PASSWORD,
        "password2": PASSWORD,
    }


@pytest.fixture
def secretary():
    return member_with(AssociationRole.COMMUNITY_MANAGER)


def start(client, token):
    return client.post(reverse("answer-invitation", args=[token, "start"]))


def proven(client, member):
    """Logged in a moment ago, as pages with fresh authentication ask."""
    proven_at(client, member, time.time())


def proven_at(client, member, moment):
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": moment, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()


# --- By invitation ----------------------------------------------------------------------------------
def test_nobody_signs_up_without_an_invitation(client):
    page = client.get(reverse("account_signup"))
    client.post(reverse("account_signup"), person("fenna@voorbeeld.example"))

    assert "password1" not in page.content.decode()
    assert not Member.objects.filter(email="fenna@voorbeeld.example").exists()


def test_who_holds_a_link_signs_up_proves_the_address_and_is_in(client, secretary):
    subgroup = SubgroupFactory()
    link, token = make_link(by=secretary, subgroup=subgroup, kind=some_kind(), max_uses=2)

    start(client, token)
    client.post(reverse("account_signup"), person("fenna@voorbeeld.example"))
    member = Member.objects.get(email="fenna@voorbeeld.example")
    logged_in_before = "_auth_user_id" in client.session
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mail.outbox[-1].body).group()
    client.post(reverse("account_email_verification_sent"), {"code": code})

    assert not logged_in_before
    assert is_member(member, subgroup)
    assert member.display_name == "Fenna van Dijk"
    assert Enrolment.objects.on().filter(member=member).exists()
    assert Invitation.objects.get(pk=link.pk).uses == 1
    assert client.session["_auth_user_id"] == str(member.pk)


def test_an_invitation_to_an_address_refuses_another_one(client, secretary):
    subgroup = SubgroupFactory()
    invite_address(by=secretary, email="fenna@voorbeeld.example", subgroup=subgroup, kind=some_kind())
    token = Letter.objects.get().path.split("/")[2]
    start(client, token)

    refused = client.post(reverse("account_signup"), person("iemand.anders@voorbeeld.example"))
    client.post(reverse("account_signup"), person("fenna@voorbeeld.example"))

    assert "email" in refused.context["form"].errors
    assert not Member.objects.filter(email="iemand.anders@voorbeeld.example").exists()
    assert is_member(Member.objects.get(email="fenna@voorbeeld.example"), subgroup)


def test_who_was_invited_by_mail_is_in_at_once_and_welcomed(client, secretary):
    invite_address(by=secretary, email="fenna@voorbeeld.example", kind=some_kind())
    token = re.search(r"/invitations/([\w-]+)/", Letter.objects.get().path).group(1)
    start(client, token)

    answer = client.post(reverse("account_signup"), person("fenna@voorbeeld.example"))

    assert answer["Location"] == reverse("welcome")
    assert client.get(reverse("welcome")).status_code == 200


def test_an_invitation_withdrawn_during_sign_up_makes_no_account(client, secretary):
    link, token = make_link(by=secretary, subgroup=SubgroupFactory(), kind=some_kind())
    start(client, token)

    revoke_invitation(invitation=link, by=secretary)
    client.post(reverse("account_signup"), person("fenna@voorbeeld.example"))

    assert not Member.objects.filter(email="fenna@voorbeeld.example").exists()


def test_sign_up_does_not_tell_that_an_address_is_known(client, secretary):
    MemberFactory(email="bekend@vereniging.example")
    _link, token = make_link(by=secretary, subgroup=SubgroupFactory(), kind=some_kind(), max_uses=5)
    start(client, token)

    response = client.post(reverse("account_signup"), person("bekend@vereniging.example"))

    assert response.status_code == 302
    assert Member.objects.filter(email="bekend@vereniging.example").count() == 1


# --- By application ---------------------------------------------------------------------------------
def applied(email="sanne@voorbeeld.example"):
    apply(email=email, first_name="Sanne", last_name="Vermeulen", kind=some_kind())
    return Letter.objects.latest("pk").path.strip("/").split("/")[-1]


def test_an_account_exists_only_after_the_board_said_yes(secretary):
    board = member_with(AssociationRole.BOARD)
    application = confirm_application(token=applied())
    before = Member.objects.filter(email="sanne@voorbeeld.example").exists()

    decide_application(application=application, by=board, accept=True)
    member = Member.objects.get(email="sanne@voorbeeld.example")

    assert not before
    assert Enrolment.objects.on().filter(member=member).exists()
    assert not member.has_usable_password()
    assert member.emailaddress_set.get().verified


def test_an_application_without_a_confirmed_address_cannot_be_decided():
    applied()

    with pytest.raises(ApplicationDecided):
        decide_application(application=Application.objects.get(), by=member_with(AssociationRole.BOARD), accept=True)


def test_looking_at_the_link_is_not_confirming(client):
    token = applied()

    client.get(reverse("confirm-application", args=[token]))
    looked = Application.objects.get().confirmed_at
    client.post(reverse("confirm-application", args=[token]))

    assert looked is None
    assert Application.objects.get().confirmed_at
    with pytest.raises(ApplicationGone):
        confirm_application(token="something-else")


def test_applying_looks_the_same_for_an_address_that_is_known(client):
    MemberFactory(email="bekend@vereniging.example")
    form = {"first_name": "A", "last_name": "B", "kind": some_kind().pk, "terms": "on"}

    known = client.post(reverse("apply"), {**form, "email": "bekend@vereniging.example"})
    unknown = client.post(reverse("apply"), {**form, "email": "nieuw@voorbeeld.example"})

    assert known.content == unknown.content
    assert Application.objects.count() == 1


def test_one_address_is_not_flooded_with_letters(client):
    form = {
        "first_name": "A",
        "last_name": "B",
        "kind": some_kind().pk,
        "terms": "on",
        "email": "nieuw@voorbeeld.example",
    }

    answers = [client.post(reverse("apply"), form) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "Wacht een paar minuten" in answers[-1].content.decode()
    assert Letter.objects.count() == 3


def test_a_stranger_cannot_go_on_declining_a_link(client, secretary):
    subgroup = SubgroupFactory()
    _invitation, token = make_link(by=secretary, subgroup=subgroup)

    answers = [client.post(reverse("answer-invitation", args=[token, "decline"])) for _ in range(31)]

    assert {answer.status_code for answer in answers[:30]} == {200}
    assert answers[-1].status_code == 429
    assert subgroup.declines.count == 30


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_board_members_who_decide_at_once_decide_once():
    application = confirm_application(token=applied())
    first, second = member_with(AssociationRole.BOARD), member_with(AssociationRole.BOARD)

    results = at_once(
        lambda: decide_application(application=application, by=first, accept=True),
        lambda: decide_application(application=application, by=second, accept=False),
    )

    assert sum(isinstance(result, ApplicationDecided) for result in results) == 1


def test_a_letter_is_sent_once(secretary):
    applied()

    sent = [send_letters(), send_letters()]

    assert sent == [1, 0]
    assert mail.outbox[0].to == ["sanne@voorbeeld.example"]


def test_only_the_board_sees_applications(client, secretary):
    confirm_application(token=applied())

    seen = []
    for member in (member_with(AssociationRole.BOARD), MemberFactory()):
        client.force_login(member)
        seen.append(client.get(reverse("applications")).status_code)

    assert seen == [200, 403]


# --- Second step ------------------------------------------------------------------------------------
def test_a_treasurer_without_a_second_step_gets_nowhere_but_there(client, settings):
    settings.REQUIRE_MFA = True
    treasurer = member_with(AssociationRole.TREASURER)
    client.force_login(treasurer)

    home, set_up = client.get("/"), client.get(reverse("mfa_index"))

    assert home.status_code == 302
    assert home["Location"] == reverse("mfa_index")
    assert set_up.status_code == 200


def test_with_a_second_step_the_house_is_open(client, settings):
    settings.REQUIRE_MFA = True
    treasurer = member_with(AssociationRole.TREASURER)
    Authenticator.objects.create(user=treasurer, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(treasurer)

    assert client.get(reverse("subgroups")).status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, settings):
    settings.REQUIRE_MFA = True
    board = member_with(AssociationRole.BOARD)
    Authenticator.objects.create(user=board, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(board)

    assert client.get(reverse("subgroups")).status_code == 302


def test_plain_members_are_not_asked(client, settings):
    settings.REQUIRE_MFA = True
    client.force_login(MemberFactory())

    assert client.get(reverse("subgroups")).status_code == 200


@pytest.mark.parametrize("name", ["roles", "merge-members"])
def test_roles_and_merging_ask_for_fresh_proof(client, secretary, name):
    client.force_login(secretary)
    stale = client.get(reverse(name))
    proven(client, secretary)

    assert "reauthenticate" in stale["Location"]
    assert client.get(reverse(name)).status_code == 200


def test_a_stolen_session_cannot_export(client, secretary):
    proven_at(client, secretary, time.time() - 600)
    stolen = client.post(reverse("register-export"))
    proven(client, secretary)

    assert "reauthenticate" in stolen["Location"]
    assert client.post(reverse("register-export")).status_code == 200


def test_a_role_with_an_end_date_is_given_on_the_page(client, secretary):
    member, today = MemberFactory(), timezone.localdate()
    proven(client, secretary)

    client.post(reverse("roles"), {"member": member.pk, "role": "board", "starts_on": today, "ends_on": today})

    grant = member.role_grants.get()
    assert (grant.role, grant.ends_on, grant.granted_by) == ("board", today, secretary)


# --- Another address --------------------------------------------------------------------------------
def test_a_new_address_works_once_confirmed_and_the_old_one_is_told(client):
    member = MemberFactory(email="oud@vereniging.example")
    member.set_password(PASSWORD)
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    proven(client, member)

    client.post(reverse("account_email"), {"email": "Nieuw@vereniging.example", "action_add": ""})
    member.refresh_from_db()
    before = member.email
    code = re.search(r"\n\s*([A-Z0-9]{4,}-?[A-Z0-9]*)\s*\n", mail.outbox[-1].body).group(1)
    wrong = client.post(reverse("account_email_verification_sent"), {"code": "XXXX-XXXX"})
    client.post(reverse("account_email_verification_sent"), {"code": code})

    member.refresh_from_db()
    assert (before, wrong.status_code) == ("oud@vereniging.example", 200)
    assert member.email == "nieuw@vereniging.example"
    assert list(EmailAddress.objects.filter(user=member).values_list("email", flat=True)) == [
        "nieuw@vereniging.example"
    ]
    told = [letter for letter in mail.outbox if letter.to == ["oud@vereniging.example"]]
    assert told, "the old address was not told"
    assert "nieuw" in told[-1].body or "gewijzigd" in told[-1].subject.lower()


def test_a_new_password_is_told_by_mail(client):
    member = MemberFactory()
    member.set_password(PASSWORD)
    member.save()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    proven(client, member)
    new = "Weer-een-heel-lang-wachtwoord-8"

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [letter.to for letter in mail.outbox] == [[member.email]]
    assert "wachtwoord" in mail.outbox[0].body.lower()
