"""Announcements: pages."""

import pytest
from django.urls import reverse

from community.pages.access import visible_announcements
from community.pages.audience import Scope
from community.pages.models import AnnouncementPage
from community.pages.services import continue_broadcasts, publish_due, write_announcement
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.models import Delivery
from tests.community.announcements.making import numbers
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import published

pytestmark = pytest.mark.django_db


LIST_QUERIES = 22


def test_who_is_not_in_the_audience_gets_404_and_no_title(client, time_machine):
    subgroup = SubgroupFactory()
    member_of(subgroup)
    announcement = published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup], title="Geheim feest")
    client.force_login(MemberFactory())

    page, listing = client.get(announcement.get_absolute_url()), client.get(reverse("announcements"))
    confirm = client.post(reverse("acknowledge-announcement", args=[announcement.pk]))

    assert page.status_code == confirm.status_code == 404
    assert "Geheim feest" not in listing.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(client, time_machine, django_assert_max_num_queries, count):
    member = MemberFactory()
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    for _ in range(count):
        published(time_machine, by=manager)
    client.force_login(member)
    client.get(reverse("announcements"))

    with django_assert_max_num_queries(LIST_QUERIES):
        client.get(reverse("announcements"))


def test_the_composer_shows_the_number_of_people_that_get_it(client, time_machine):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    subgroup = SubgroupFactory()
    for _ in range(3):
        member_of(subgroup)
    client.force_login(manager)
    values = {"title": "Schuren", "text": "Kom helpen.", "scope": "groups", "subgroups": [subgroup.pk]}
    values["reply_mode"] = "none"
    fragment = {"HX-Request": "true", "HX-Target": "audience-size"}

    counted = client.get(reverse("announcement-audience"), values, headers=fragment)
    answer = client.post(reverse("new-announcement"), values)
    announcement = AnnouncementPage.objects.get()
    report = client.get(answer.url).content.decode()
    client.post(reverse("send-announcement", args=[announcement.pk]))
    time_machine.shift(40)
    publish_due()
    continue_broadcasts()

    assert "3 mensen in 1 groep" in counted.content.decode()
    assert "3 mensen in 1 groep" in report
    assert Delivery.objects.values("member").distinct().count() == 3


def test_a_wrong_form_comes_back_with_what_was_typed(client):
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    answer = client.post(reverse("new-announcement"), {"title": "", "text": "Lang verhaal", "scope": "groups"})

    assert answer.status_code == 422
    assert "Lang verhaal" in answer.content.decode()


def test_the_desk_is_for_who_may_announce(client):
    client.force_login(MemberFactory())

    assert client.get(reverse("announcement-desk")).status_code == 403
    assert client.get(reverse("new-announcement")).status_code == 403


def test_a_manager_of_another_group_cannot_open_the_report(client, time_machine):
    announcement = published(time_machine)
    client.force_login(member_of(SubgroupFactory(), SubgroupRole.MANAGER))

    assert client.get(reverse("announcement-report", args=[announcement.pk])).status_code == 404
    assert client.post(reverse("withdraw-announcement", args=[announcement.pk])).status_code == 404


def test_members_text_is_shown_safely(client, time_machine):
    announcement = published(time_machine, text="<script>alert(1)</script> kijk op https://voorbeeld.nl")
    client.force_login(announcement.owner)

    page = client.get(announcement.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="https://voorbeeld.nl"' in page


def test_write_announcement_returns_a_draft_that_nobody_sees():
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)

    announcement = write_announcement(by=manager, title="Nog niet", text="…", scope=Scope.EVERYONE)

    assert not announcement.live
    assert numbers(visible_announcements(manager)) == set()
