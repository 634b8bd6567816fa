from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.privacy.erasure import ask_erasure, erase_again, erase_due, erasure_notes, withdraw_erasure
from community.privacy.errors import ErasureUnderWay, LastManagerLeaves, NothingToWithdraw
from community.privacy.models import Erasure
from community.privacy.retention import ask_hold, confirm_hold
from groups.people.models import AssociationRole, Member
from groups.subgroups.access import is_member
from groups.subgroups.models import SubgroupRole
from tests.community.privacy.test_exports import write
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def anneke():
    subgroup = SubgroupFactory()
    member_of(subgroup, SubgroupRole.MANAGER)
    member = member_of(subgroup, first_name="Anneke", last_name="Visser", email="anneke@vereniging.example")
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def a_week_later(act):
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        return act()


def test_nothing_happens_for_seven_days(anneke):
    ask_erasure(member=anneke, posts="unname")

    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23)):
        erase_due()

    anneke.refresh_from_db()
    assert anneke.email == "anneke@vereniging.example"


def test_after_seven_days_nothing_tells_who_it_was(anneke, django_capture_on_commit_callbacks):
    message = write(anneke, "Wie neemt de lampen mee?")
    ask_erasure(member=anneke, posts="unname")

    with django_capture_on_commit_callbacks(execute=True):
        a_week_later(erase_due)

    anneke, message = Member.objects.get(pk=anneke.pk), type(message).objects.get(pk=message.pk)
    assert (anneke.email, anneke.first_name, anneke.last_name, anneke.is_active) == (None, "", "", False)
    assert not anneke.has_usable_password()
    assert not EmailAddress.objects.filter(email="anneke@vereniging.example").exists()
    assert message.text == "Wie neemt de lampen mee?"
    assert "Anneke" not in str(message.author)
    assert not anneke.memberships.filter(left_at__isnull=True).exists()
    assert Erasure.objects.get().done_at is not None
    assert "anneke" not in erasure_notes().read_text().lower()


def test_what_was_written_is_removed_when_the_member_wants_that(anneke):
    message = write(anneke, "Wie neemt de lampen mee?")
    ask_erasure(member=anneke, posts="remove")

    a_week_later(erase_due)

    message.refresh_from_db()
    assert message.text == ""
    assert message.removed_at is not None


def test_who_withdraws_stays(anneke):
    ask_erasure(member=anneke, posts="unname")
    withdraw_erasure(member=anneke)

    a_week_later(erase_due)

    anneke.refresh_from_db()
    assert anneke.is_active


def test_there_is_nothing_to_withdraw_for_who_asked_nothing(anneke):
    with pytest.raises(NothingToWithdraw):
        withdraw_erasure(member=anneke)


def test_asking_twice_is_refused(anneke):
    ask_erasure(member=anneke, posts="unname")

    with pytest.raises(ErasureUnderWay):
        ask_erasure(member=anneke, posts="unname")


def test_the_database_itself_knows_one_erasure_at_a_time(anneke):
    ask_erasure(member=anneke, posts="unname")

    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.create(member=anneke, due_at=timezone.now())


def test_the_last_community_manager_hands_over_first():
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)

    with pytest.raises(LastManagerLeaves):
        ask_erasure(member=manager, posts="unname")


def test_the_only_manager_of_a_group_can_be_erased_too():
    subgroup = SubgroupFactory()
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    ask_erasure(member=manager, posts="unname")

    a_week_later(erase_due)

    assert not is_member(Member.objects.get(pk=manager.pk), subgroup)


def test_a_legal_hold_makes_erasure_wait(anneke):
    hold = ask_hold(by=MemberFactory(), reason="Aangifte")
    confirm_hold(by=MemberFactory(), hold=hold)
    ask_erasure(member=anneke, posts="unname")

    a_week_later(erase_due)

    assert Erasure.objects.get().done_at is None


def test_after_a_restore_the_erased_are_erased_again(anneke, django_capture_on_commit_callbacks):
    ask_erasure(member=anneke, posts="unname")
    with django_capture_on_commit_callbacks(execute=True):
        a_week_later(erase_due)
    Member.objects.filter(pk=anneke.pk).update(email="anneke@vereniging.example", first_name="Anneke")

    again = erase_again(), erase_again()

    assert again == (1, 0)
    assert Member.objects.get(pk=anneke.pk).first_name == ""


def test_the_page_wants_the_sentence_to_be_typed(client, anneke):
    log_in_freshly(client, anneke)
    address = reverse("privacy-erasure")

    refused = client.post(address, {"posts": "unname", "typed": "ja"}, headers={"Accept-Language": "en"})
    none_yet = Erasure.objects.count()
    client.post(address, {"posts": "unname", "typed": "Erase my account "}, headers={"Accept-Language": "en"})

    assert (refused.status_code, none_yet) == (422, 0)
    assert Erasure.objects.get().member == anneke


def test_what_stays_in_the_talk_is_named_a_former_members_and_offers_nobody_to_write_to(client, anneke):
    message = write(anneke, "Wie neemt de lampen mee?")
    reader = member_of(message.conversation.subgroup, language="nl")
    ask_erasure(member=anneke, posts="unname")
    a_week_later(erase_due)
    client.force_login(reader)

    chat = client.get(message.conversation.get_absolute_url()).content.decode()
    acts = client.get(reverse("message-acts", args=[message.pk])).content.decode()

    assert 'aria-label="Meer over het bericht van Oud-lid"' in chat
    assert reverse("barrier", args=[anneke.pk]) not in acts
    assert "Dempen" not in acts
    assert "Alleen" not in acts
