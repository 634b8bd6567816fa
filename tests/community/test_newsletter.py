"""Interests in the audience, newsletters, cards of other rooms in a text, and seeing it as a chosen member."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from community.pages.access import visible_announcements
from community.pages.audience import Scope
from community.pages.cards import film_address
from community.pages.models import AnnouncementPage, LandingPage
from community.pages.queries import audience_size
from community.pages.services import change_announcement, continue_broadcasts, publish_due, send_announcement
from groups.events.services import cancel_event, plan_event
from groups.people.models import AssociationRole, Interest
from groups.subgroups.models import SubgroupRole
from notifications.models import Delivery
from notifications.services import send_all_due
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import draft, news_item, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


@pytest.fixture
def manager():
    return member_with(AssociationRole.COMMUNITY_MANAGER, first_name="Beheer")


@pytest.fixture
def rowing():
    return Interest.objects.create(name="Toerroeien")


# --- Interests --------------------------------------------------------------------------------------
def test_an_interest_narrows_the_audience_for_seeing_and_for_sending_alike(time_machine, rowing):
    likes, other = MemberFactory(), MemberFactory()
    rowing.members.add(likes)
    Interest.objects.create(name="Vissen").members.add(other)

    announcement = published(time_machine, interests=[str(rowing.pk)])
    continue_broadcasts()

    assert audience_size(announcement.audience).people == 1
    assert visible_announcements(likes).count() == 1
    assert visible_announcements(other).count() == 0
    assert set(Delivery.objects.values_list("member", flat=True)) == {likes.pk}


def test_an_interest_whose_number_begins_alike_is_another(time_machine):
    one, ten = Interest.objects.create(pk=1, name="Een"), Interest.objects.create(pk=11, name="Elf")
    member = MemberFactory()
    one.members.add(member)
    ten.members.add(MemberFactory())

    published(time_machine, interests=[str(ten.pk)])

    assert visible_announcements(member).count() == 0


def test_interests_combine_with_groups_and_the_composer_counts_them(client, manager, rowing):
    subgroup = SubgroupFactory()
    both, only_group = member_of(subgroup), member_of(subgroup)
    rowing.members.add(both, MemberFactory())
    client.force_login(manager)
    values = {"scope": "groups", "subgroups": [subgroup.pk], "interests": [rowing.pk]}

    counted = client.get(
        reverse("announcement-audience"), values, headers={"HX-Request": "true", "HX-Target": "audience-size"}
    ).content.decode()
    announcement = draft(scope=Scope.GROUPS, subgroups=[subgroup], interests=[str(rowing.pk)])

    assert "1 mensen in 1 groep" in counted or "1 persoon in 1 groep" in counted or "1 " in counted
    assert list(announcement.audience.members()) == [both]
    assert only_group not in announcement.audience.members()


# --- Newsletters ------------------------------------------------------------------------------------
def test_each_reader_gets_only_the_items_their_rights_allow_and_the_preview_equals_the_mail(
    client, manager, time_machine, mailoutbox
):
    LandingPage.objects.get().save_revision().publish()
    subgroup = SubgroupFactory()
    inside, outside = member_of(subgroup, first_name="Binnen"), MemberFactory(first_name="Buiten")
    for_all, secret = news_item(title="Nieuwe steiger"), news_item(title="Geheim plan", scope=Scope.GROUPS)
    secret.subgroups.set([subgroup])
    for page in (for_all, secret):
        page.save_revision().publish()
    client.force_login(manager)
    items = {"items": [for_all.pk, secret.pk], "title": "Nieuwsbrief", "text": "Het laatste", "scope": "everyone"}
    refused = client.post(reverse("new-newsletter"), {**items, "reply_mode": "none"})
    announcement = draft(manager, title="Nieuwsbrief", text="Het laatste", items=[for_all, secret])
    seen = {
        name: client.get(reverse("announcement-as", args=[announcement.pk]), {"name": name}).content.decode()
        for name in ("Binnen", "Buiten")
    }
    send_announcement(announcement=announcement, by=manager)
    time_machine.shift(40)
    publish_due()
    continue_broadcasts()
    send_all_due()
    mails = {mail.to[0]: mail.body for mail in mailoutbox}
    client.force_login(outside)
    page = client.get(announcement.get_absolute_url()).content.decode()

    # The manager is in no group, so what is for one only cannot be chosen by the manager's own form.
    assert refused.status_code == 422
    assert "Nieuwe steiger" in seen["Binnen"] and "Geheim plan" in seen["Binnen"]
    assert "Nieuwe steiger" in seen["Buiten"] and "Geheim plan" not in seen["Buiten"]
    assert "Geheim plan" in mails[inside.email] and "Geheim plan" not in mails[outside.email]
    assert "Nieuwe steiger" in mails[outside.email]
    assert "Nieuwe steiger" in page and "Geheim plan" not in page


def test_the_form_makes_a_newsletter_and_correcting_its_text_keeps_the_items(client, manager):
    LandingPage.objects.get().save_revision().publish()
    item = news_item(title="Nieuwe steiger")
    item.save_revision().publish()
    client.force_login(manager)

    client.post(
        reverse("new-newsletter"),
        {"items": [item.pk], "title": "Nieuwsbrief", "text": "Het laatste", "scope": "everyone", "reply_mode": "none"},
    )
    letter = AnnouncementPage.objects.get()
    change_announcement(announcement=letter, by=manager, title="Nieuwsbrief", text="Verbeterd", scope=Scope.EVERYONE)
    blocks = [block.block_type for block in AnnouncementPage.objects.get().get_latest_revision_as_object().body]

    assert blocks == ["message", "items"]


def test_a_long_choice_is_folded_and_opens_when_something_in_it_was_ticked(client, manager, time_machine):
    items = [news_item(title=f"Nieuws {number}") for number in range(10)]
    for item in items:
        item.save_revision().publish()
        time_machine.shift(60)
    address = reverse("new-newsletter")
    client.force_login(manager)
    client.cookies["django_language"] = "en"

    fresh = client.get(address).content.decode()
    refused = client.post(address, {"title": "", "text": "x", "scope": "everyone", "items": [items[0].pk]})

    folded = fresh.split("<summary>2 more to choose from</summary>")
    assert len(folded) == 2
    assert fresh.count('name="items"') == 10
    assert folded[1].count('name="items"') == 2
    assert "<small>News item ·" in fresh
    assert '<details class="fold">' in fresh
    assert refused.status_code == 422
    assert '<details class="fold" open>' in refused.content.decode()


def test_the_preview_tells_who_does_not_get_it_and_is_for_the_sender_alone(client, manager):
    subgroup = SubgroupFactory()
    MemberFactory(first_name="Buiten")
    announcement = draft(manager, scope=Scope.GROUPS, subgroups=[subgroup])
    client.force_login(manager)

    page = client.get(reverse("announcement-as", args=[announcement.pk]), {"name": "Buiten"}).content.decode()
    client.force_login(member_of(subgroup, SubgroupRole.MANAGER))
    own = client.get(reverse("announcement-as", args=[announcement.pk])).status_code
    client.force_login(MemberFactory())

    assert "Krijgt deze mededeling niet" in page
    assert own == 200
    assert client.get(reverse("announcement-as", args=[announcement.pk])).status_code == 403


# --- Cards of other rooms ---------------------------------------------------------------------------
def with_block(page, kind, value):
    page.body = [("message", "Kijk"), (kind, value)]
    page.save_revision().publish(skip_permission_checks=True)
    return page


def test_a_card_of_an_event_shows_to_who_may_see_it_and_goes_when_it_is_off(client, manager, time_machine):
    subgroup = SubgroupFactory()
    leader, outside = member_of(subgroup, SubgroupRole.MANAGER), MemberFactory()
    start = timezone.now() + timedelta(days=3)
    event = plan_event(
        by=leader, subgroup=subgroup, title="Poetsdag", starts_at=start, ends_at=start + timedelta(hours=2)
    )
    announcement = with_block(draft(manager), "event", {"event": str(event.pk)})

    def page_of(member):
        client.force_login(member)
        return client.get(announcement.get_absolute_url()).content.decode()

    inside, hidden = page_of(leader), page_of(outside)
    cancel_event(event=event, by=leader)

    assert "Poetsdag" in inside
    assert "Poetsdag" not in hidden
    assert f'href="{event.get_absolute_url()}"' not in page_of(leader)


def test_a_film_asks_nothing_of_another_site_before_it_is_opened(client, manager):
    announcement = with_block(
        draft(manager), "film", {"title": "Doop", "address": "https://www.youtube.com/watch?v=abc"}
    )
    client.force_login(MemberFactory())

    page = client.get(announcement.get_absolute_url()).content.decode()

    assert 'href="https://www.youtube.com/watch?v=abc"' in page
    assert "<iframe" not in page
    assert page.count("youtube.com/") == 1


@pytest.mark.parametrize(
    "address",
    ["http://www.youtube.com/x", "https://evil.example/", "https://www.youtube.com.evil.example/", "javascript:x"],
)
def test_films_come_from_allowed_sites_only(address):
    with pytest.raises(ValidationError):
        film_address(address)


def test_a_card_without_a_reader_shows_nothing(manager):
    start = timezone.now() + timedelta(days=3)
    event = plan_event(by=manager, subgroup=None, title="Poetsdag", starts_at=start, ends_at=start + timedelta(hours=2))
    announcement = with_block(draft(manager), "event", {"event": str(event.pk)})
    block = announcement.body[1]

    assert "Poetsdag" not in block.render({"request": RequestFactory().get("/")})
    assert "Poetsdag" not in block.render()
