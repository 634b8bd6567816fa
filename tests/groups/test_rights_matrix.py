"""Every role × every page about people and groups × reading and acting, over HTTP, gives the documented answer."""

import time

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole, Guardianship
from groups.people.services import grant_role
from groups.subgroups.access import forget_rights
from groups.subgroups.management.commands.write_roles import PATH
from groups.subgroups.matrix import roles_document
from groups.subgroups.models import Removal, SubgroupRole
from groups.subgroups.services import (
    add_member,
    archive_subgroup,
    ask_to_join,
    change_picture,
    grant_subgroup_role,
    make_link,
    propose_subgroup,
)
from notifications.consumers import standing_of
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_people import guest
from tests.groups.test_subgroups import photo

pytestmark = pytest.mark.django_db

ROLES = (
    "outsider", "guest", "member", "moderator", "geldchef", "manager",
    "community_manager", "board", "treasurer", "auditor", "privacy_officer", "association_moderator",
)  # fmt: skip
INSIDE = {"guest", "member", "moderator", "geldchef", "manager"}
# (page, who may, what the others get)
PAGES = (
    ("subgroup-members", INSIDE, 404),
    ("leave-subgroup", INSIDE, 404),
    ("desk-requests", {"manager", "community_manager"}, 404),
    ("desk-members", {"manager", "community_manager"}, 404),
    ("desk-settings", {"manager", "community_manager"}, 404),
    ("desk-rights", {"manager", "community_manager"}, 404),
    ("desk-invitations", {"manager", "community_manager"}, 404),
    ("subgroup-future", {"community_manager"}, 403),
    ("umbrella", {"community_manager"}, 403),
    ("new-subgroup", {"community_manager"}, 403),
    ("ambassadors", {"community_manager"}, 403),
    ("invite-newcomers", {"community_manager"}, 403),
    ("roles", {"community_manager"}, 403),
    ("register", {"community_manager"}, 403),
    ("merge-members", {"community_manager"}, 403),
    ("children", {"community_manager"}, 403),
    ("records", {"community_manager"}, 403),
    ("approvals", {"community_manager"}, 403),
    ("applications", {"board"}, 403),
)
# Pages about one person or thing: (page, what it needs, who may, what the others get)
PAGES_OF = (
    ("member-record", "person", {"community_manager"}, 403),
    ("expel-member", "person", {"community_manager"}, 403),
    ("end-subgroup-role", "grant", {"manager", "community_manager"}, 404),
    ("subgroup-picture", None, INSIDE | {"community_manager"}, 404),
)
OF_SUBGROUP = ("subgroup-", "leave-", "desk-", "end-subgroup-role")
# (form, what it needs, who may, what the others get)
ACTS = (
    ("decide-request", "request", {"manager", "community_manager"}, 404),
    ("revoke-invitation", "invitation", {"manager", "community_manager"}, 404),
    ("end-subgroup-role", "grant", {"manager", "community_manager"}, 404),
    ("remove-member", "person", {"manager", "community_manager"}, 404),
    ("decide-proposal", "proposal", {"community_manager"}, 403),
    ("end-association-role", "role_grant", {"community_manager"}, 403),
    ("register-export", None, {"community_manager"}, 403),
    ("save-record", "person", {"community_manager"}, 403),
    ("save-kind", "person", {"community_manager"}, 403),
    ("end-membership-of", "person", {"community_manager"}, 403),
    ("add-guardian", "person", {"community_manager"}, 403),
    ("reopen-subgroup", "archived", {"community_manager"}, 403),
    ("desk-picture", None, {"manager", "community_manager"}, 404),
    ("own-link", None, set(), 404),
    ("act-for", "child", set(), 404),
)


OF_ONE_SUBGROUP = ("decide-request", "revoke-invitation", "end-subgroup-role", "remove-member", "desk-picture")


@pytest.fixture
def club():
    """A hidden subgroup with something of everything in it."""
    subgroup = SubgroupFactory(is_hidden=True)
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    moderator = member_of(subgroup)
    archived = SubgroupFactory()
    archive_subgroup(subgroup=archived)
    change_picture(subgroup=subgroup, by=manager, picture_file=photo())
    return {
        "archived": archived.slug,
        "subgroup": subgroup,
        "request": ask_to_join(subgroup=subgroup, member=MemberFactory()).pk,
        "invitation": make_link(by=manager, subgroup=subgroup)[0].pk,
        "grant": grant_subgroup_role(subgroup=subgroup, member=moderator, role="moderator", by=manager).pk,
        "person": member_of(subgroup).pk,
        "proposal": propose_subgroup(by=MemberFactory(), name="Koor", description="x", kind="interest").pk,
        "role_grant": grant_role(member=MemberFactory(), role="auditor", by=None).pk,
        "child": Guardianship.objects.create(guardian=MemberFactory(), child=MemberFactory()).child_id,
    }


def who(role, subgroup):
    if role == "outsider":
        return MemberFactory()
    if role == "guest":
        visitor = guest()
        add_member(subgroup=subgroup, member=visitor, guest_until=timezone.localdate())
        return visitor
    if role in SubgroupRole.values:
        return member_of(subgroup, SubgroupRole(role))
    member = MemberFactory()
    grant_role(member=member, role=AssociationRole(role.removeprefix("association_")), by=None)
    return member


def log_in(client, member):
    forget_rights(member)
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_what_the_table_says(client, club, role):
    log_in(client, who(role, club["subgroup"]))
    wrong = {}

    for name, allowed, otherwise in PAGES:
        arguments = [club["subgroup"].slug] if name.startswith(OF_SUBGROUP) else []
        expected = 200 if role in allowed else otherwise
        if (found := client.get(reverse(name, args=arguments)).status_code) != expected:
            wrong[name] = (found, expected)

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says(client, club, role):
    log_in(client, who(role, club["subgroup"]))
    wrong = {}

    for name, needs, allowed, otherwise in PAGES_OF:
        inside = [club["subgroup"].slug] if name.startswith(OF_SUBGROUP) else []
        expected = 200 if role in allowed else otherwise
        found = client.get(reverse(name, args=[*inside, *([club[needs]] if needs else [])])).status_code
        if found != expected:
            wrong[name] = (found, expected)

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_does_what_the_table_says(client, club, role):
    log_in(client, who(role, club["subgroup"]))
    wrong = {}

    for name, needs, allowed, otherwise in ACTS:
        inside = name in OF_ONE_SUBGROUP
        arguments = ([club["subgroup"].slug] if inside else []) + ([club[needs]] if needs else [])
        found = client.post(reverse(name, args=arguments), {"decision": "no", "reason": "x"}).status_code
        is_right = found in (200, 302, 422) if role in allowed else found == otherwise
        if not is_right:
            wrong[name] = found

    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_the_socket_follows_the_subgroup_for_who_is_in_it_only(club, role):
    member = who(role, club["subgroup"])

    assert (club["subgroup"].stream in standing_of(member.pk, None).streams) == (role in INSIDE)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in INSIDE | {"community_manager"}])
def test_a_hidden_group_is_not_found_in_any_way(client, club, role):
    log_in(client, who(role, club["subgroup"]))
    name = club["subgroup"].name

    assert client.get(club["subgroup"].get_absolute_url()).status_code == 404
    assert name not in client.get(reverse("subgroups")).content.decode()
    assert name not in client.get(reverse("directory")).content.decode()


def test_a_removal_of_the_association_is_for_the_member_and_who_decides(client):
    member = MemberFactory()
    removal = Removal.objects.create(member=member, reason="x", reply_until=timezone.localdate())

    answers = {}
    for role in ("outsider", "board", "community_manager"):
        log_in(client, who(role, SubgroupFactory()))
        answers[role] = client.get(reverse("removal", args=[removal.pk])).status_code

    assert answers == {"outsider": 404, "board": 404, "community_manager": 200}


def test_the_document_of_rights_is_current():
    assert PATH.read_text() == roles_document(), "run manage.py write_roles"
