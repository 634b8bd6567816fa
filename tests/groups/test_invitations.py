"""People are asked into a group, never placed in it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from groups.people.models import AssociationRole, AuditEntry, Letter, Member
from groups.subgroups.access import is_member
from groups.subgroups.errors import (
    AlreadyInvited,
    InvitationGone,
    NotForNewcomers,
    NotToBeAsked,
    SubgroupFull,
    TooManyInvitations,
)
from groups.subgroups.models import DeclineCount, Invitation, Subgroup
from groups.subgroups.services import (
    accept_invitation,
    add_member,
    decline_invitation,
    invite_address,
    invite_member,
    make_link,
    open_invitation,
    revoke_invitation,
)
from groups.subgroups.services import invitations as rules
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_people import full_subgroup, guest, managed_subgroup, some_kind
from tests.parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    return managed_subgroup(description="Alles over wandelen.")


def test_an_invited_member_is_not_in_before_accepting(club):
    subgroup, manager = club
    member = MemberFactory()

    invitation = invite_member(subgroup=subgroup, member=member, by=manager)
    before = is_member(member, subgroup)
    accept_invitation(invitation=invitation, member=member)

    assert not before
    assert is_member(member, subgroup)
    assert Notice.objects.filter(member=member, kind="invitation", read_at__isnull=False).exists()


def test_before_accepting_nothing_of_the_group_can_be_read(client):
    subgroup, manager = managed_subgroup(is_hidden=True)
    member = MemberFactory()
    invitation = invite_member(subgroup=subgroup, member=member, by=manager)
    client.force_login(member)

    assert client.get(subgroup.get_absolute_url()).status_code == 404
    assert client.get(reverse("subgroup-members", args=[subgroup.slug])).status_code == 404
    assert client.get(reverse("my-invitation", args=[invitation.pk])).status_code == 200


@pytest.mark.parametrize("consent", ["nobody", "managers"])
def test_who_does_not_want_to_be_asked_is_not_asked(club, consent):
    subgroup, _manager = club
    plain = member_of(subgroup)

    with pytest.raises(NotToBeAsked):
        invite_member(subgroup=subgroup, member=MemberFactory(consent=consent), by=plain)


def test_nobody_means_managers_too(club):
    subgroup, manager = club

    with pytest.raises(NotToBeAsked):
        invite_member(subgroup=subgroup, member=MemberFactory(consent=Member.Consent.NOBODY), by=manager)


def test_one_open_invitation_per_member(club):
    subgroup, manager = club
    member = MemberFactory()
    invite_member(subgroup=subgroup, member=member, by=manager)

    with pytest.raises(AlreadyInvited):
        invite_member(subgroup=subgroup, member=member, by=manager)
    with pytest.raises(IntegrityError):
        Invitation.objects.create(
            subgroup=subgroup, invitee=member, by=manager, token_hash="x", expires_at=timezone.now() + timedelta(1)
        )


def test_declining_leaves_only_a_number(club):
    subgroup, manager = club
    member = MemberFactory()
    invitation = invite_member(subgroup=subgroup, member=member, by=manager)

    decline_invitation(invitation=invitation, member=member)

    assert not Invitation.objects.filter(invitee=member).exists()
    assert DeclineCount.objects.get(subgroup=subgroup).count == 1
    assert not Notice.objects.filter(member=manager, kind="invitation_declined").exists()


def test_the_inviter_hears_of_a_no_only_when_the_member_wants_it(club):
    subgroup, manager = club
    member = MemberFactory()
    invitation = invite_member(subgroup=subgroup, member=member, by=manager)

    decline_invitation(invitation=invitation, member=member, tell_inviter=True)

    assert Notice.objects.filter(member=manager, kind="invitation_declined").exists()


def test_a_token_is_kept_as_a_hash_only(club):
    subgroup, manager = club

    invitation, token = make_link(by=manager, subgroup=subgroup)

    assert token not in str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert open_invitation(token) == invitation


def _revoked(invitation):
    revoke_invitation(invitation=invitation, by=invitation.by)


def _used_up(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(uses=invitation.max_uses)


def _expired(invitation):
    long_ago = timezone.now() - timedelta(days=60)
    Invitation.objects.filter(pk=invitation.pk).update(created_at=long_ago, expires_at=long_ago + timedelta(days=1))


@pytest.mark.parametrize("spoil", [_revoked, _used_up, _expired])
def test_a_link_that_no_longer_works_shows_one_page_without_names(client, club, spoil):
    subgroup, manager = club
    invitation, token = make_link(by=manager, subgroup=subgroup)
    never = client.get(reverse("invitation", args=["never-made"]))

    spoil(invitation)
    page = client.get(reverse("invitation", args=[token]))

    assert page.status_code == never.status_code == 404
    assert subgroup.name not in page.content.decode()
    assert manager.last_name not in page.content.decode()
    with pytest.raises(InvitationGone):
        accept_invitation(invitation=invitation, member=MemberFactory())


def test_an_invitation_shows_purpose_size_manager_and_rules(client):
    subgroup, manager = managed_subgroup(description="Alles over wandelen.", rules="Geen reclame.")
    _invitation, token = make_link(by=manager, subgroup=subgroup, kind=None)

    text = client.get(reverse("invitation", args=[token])).content.decode()

    for part in ("Alles over wandelen.", "Geen reclame.", manager.display_name, "1"):
        assert part in text


def test_an_invitation_for_an_address_works_for_that_address_only(club):
    subgroup, manager = club
    invitation = invite_address(by=manager, email="Fenna@vereniging.example", subgroup=subgroup)
    fenna = MemberFactory(email="fenna@vereniging.example")

    with pytest.raises(InvitationGone):
        accept_invitation(invitation=invitation, member=MemberFactory())
    accept_invitation(invitation=invitation, member=fenna)

    assert is_member(fenna, subgroup)
    assert Letter.objects.get().email == "fenna@vereniging.example"


def test_only_a_community_manager_lets_new_people_into_the_association(club):
    subgroup, manager = club

    with pytest.raises(NotForNewcomers):
        make_link(by=manager, subgroup=subgroup, kind=some_kind())

    link, _token = make_link(by=member_with(AssociationRole.COMMUNITY_MANAGER), subgroup=subgroup, kind=some_kind())
    newcomer = guest()
    accept_invitation(invitation=link, member=newcomer)
    assert newcomer.enrolments.exists()


def test_a_guest_sees_one_group_until_the_day_is_over(club):
    subgroup, manager = club
    other = SubgroupFactory()
    visitor = guest()
    today = timezone.localdate()
    link, _token = make_link(by=manager, subgroup=subgroup, guest_until=today)

    accept_invitation(invitation=link, member=visitor)

    assert is_member(visitor, subgroup)
    assert not is_member(visitor, other)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        later = Member.objects.get(pk=visitor.pk)
        assert not is_member(later, subgroup)


def test_sixty_invitations_a_day_is_enough(club, monkeypatch):
    subgroup, manager = club
    monkeypatch.setattr(rules, "A_DAY", 2)
    for number in range(2):
        invite_address(by=manager, email=f"m{number}@vereniging.example", subgroup=subgroup)

    with pytest.raises(TooManyInvitations):
        make_link(by=manager, subgroup=subgroup)


def test_a_full_group_does_not_use_up_the_invitation():
    subgroup, _member = full_subgroup()
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    link, _token = make_link(by=manager, subgroup=subgroup)

    with pytest.raises(SubgroupFull):
        accept_invitation(invitation=link, member=MemberFactory())

    assert Invitation.objects.get(pk=link.pk).uses == 0


def test_who_is_out_of_the_association_invites_nobody_in(client, club):
    subgroup, _manager = club
    plain = member_of(subgroup)
    client.force_login(plain)

    response = client.post(reverse("desk-invitations", args=[subgroup.slug]), {"act": "link", "max_uses": 5, "days": 7})

    assert response.status_code == 404
    assert not Invitation.objects.exists()


def test_the_link_is_shown_once(client, club):
    subgroup, manager = club
    client.force_login(manager)
    url = reverse("desk-invitations", args=[subgroup.slug])

    first = client.post(url, {"act": "link", "max_uses": 5, "days": 7})
    again = client.get(url)

    assert first.context["link"]
    assert first.context["link"] in first.content.decode()
    assert "/invitations/" not in again.content.decode().replace(url, "").replace("/desk/invitations/", "")


def test_inviting_and_revoking_are_in_the_log(club):
    subgroup, manager = club
    invitation, _token = make_link(by=manager, subgroup=subgroup)

    revoke_invitation(invitation=invitation, by=manager)

    assert set(AuditEntry.objects.filter(actor_id=manager.pk).values_list("act", flat=True)) >= {
        "invitation.made",
        "invitation.revoked",
    }


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_with_one_last_use_leave_one_in():
    subgroup, manager = managed_subgroup()
    link, _token = make_link(by=manager, subgroup=subgroup, max_uses=1)
    people = [MemberFactory(), MemberFactory()]

    results = at_once(*(lambda person=person: accept_invitation(invitation=link, member=person) for person in people))

    assert sum(isinstance(result, InvitationGone) for result in results) == 1
    assert Subgroup.objects.get(pk=subgroup.pk).member_count == 2
    assert Invitation.objects.get(pk=link.pk).uses == 1


def test_a_member_who_is_in_already_is_not_invited(club):
    subgroup, manager = club
    member = member_of(subgroup)
    add_member(subgroup=subgroup, member=member)

    with pytest.raises(rules.AlreadyIn):
        invite_member(subgroup=subgroup, member=member, by=manager)


# --- Ambassadors ------------------------------------------------------------------------------------
@pytest.fixture
def ambassador(client):
    """A member whom a community manager made an ambassador on the page."""
    member, secretary = MemberFactory(first_name="Amber"), member_with(AssociationRole.COMMUNITY_MANAGER)
    client.force_login(secretary)
    client.post(reverse("ambassadors"), {"member": member.pk, "kind": some_kind().pk, "months": 12})
    return member


def fresh_link(client, member) -> str:
    client.force_login(member)
    invitation = Invitation.objects.get(by=member, is_ambassador=True)
    page = client.post(reverse("own-link"), {"invitation": invitation.pk}).content.decode()
    return re.search(r"/invitations/([\w-]+)/", page).group(1)


def test_an_ambassador_hears_of_the_link_and_sees_numbers_without_names(client, ambassador):
    newcomer = MemberFactory(enrolled=False, first_name="Nieuwkomer")
    token = fresh_link(client, ambassador)

    accept_invitation(invitation=open_invitation(token), member=newcomer)

    client.force_login(ambassador)
    page = client.get(reverse("own-link")).content.decode()
    assert Notice.objects.filter(member=ambassador, kind="ambassador").count() == 1
    assert newcomer.enrolments.on().exists()
    assert "<dd>1</dd>" in page
    assert "Nieuwkomer" not in page
    assert reverse("own-link") in client.get(reverse("settings")).content.decode()


def test_a_new_link_replaces_the_old_one_and_the_count_goes_on(client, ambassador):
    old = fresh_link(client, ambassador)
    accept_invitation(invitation=open_invitation(old), member=MemberFactory(enrolled=False))

    new = fresh_link(client, ambassador)

    assert open_invitation(old) is None
    assert open_invitation(new).uses == 1


def test_nobody_renews_the_link_of_somebody_else(client, ambassador):
    invitation = Invitation.objects.get(by=ambassador)
    client.force_login(MemberFactory())

    answers = [
        client.post(reverse("own-link"), {"invitation": sent}).status_code for sent in (invitation.pk, "x", "9" * 40)
    ]

    assert answers == [404, 404, 404]
    assert reverse("own-link") not in client.get(reverse("settings")).content.decode()


def test_an_ambassador_whose_link_was_withdrawn_brings_nobody_in(client, ambassador):
    token = fresh_link(client, ambassador)
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    client.post(reverse("ambassadors"), {"withdraw": Invitation.objects.get(by=ambassador).pk})

    assert open_invitation(token) is None
