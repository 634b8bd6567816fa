"""Private by default: pages, pictures and documents ask one question, and allauth is the only door."""

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import CollectionViewRestriction, GroupPagePermission, Page, PageViewRestriction

from community.pages.audience import Scope
from community.pages.models import AnnouncementIndexPage, LandingPage, Picture
from community.pages.setup import lay_out_site
from groups.people.models import AssociationRole, Member
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import content_page, document, news_item, picture, picture_bytes

pytestmark = pytest.mark.django_db
PASSWORD = "een-heel-lang-wachtwoord"


def address(page):
    return Page.objects.get(pk=page.pk).specific.url


# --- One door ---------------------------------------------------------------------------------------
def all_routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if hasattr(entry, "url_patterns"):
            yield from all_routes(entry, route)
        else:
            yield route


def is_door(route):
    return re.search(r"login|password_reset|authenticate", route) is not None


def fill_in(route):
    route = re.sub(r"<(?:int|slug|str|path|uuid):\w+>", "1", route)
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "1", route)
    return "/" + re.sub(r"[\^$\\]|\(\?:|\)", "", route).replace("|", "")


def test_allauth_is_the_only_door(client):
    Member.objects.create_user("anneke@vereniging.example", PASSWORD, first_name="Anneke")
    doors = {fill_in(route) for route in all_routes(get_resolver()) if is_door(route)}
    tried = {door for door in doors if not door.startswith("/account/")}

    for door in tried | {"/cms/password_reset/", "/cms/password_reset/confirm/1/2/", "/_util/login/"}:
        credentials = {"username": "anneke@vereniging.example", "login": "anneke@vereniging.example"}
        answer = client.post(door, {**credentials, "password": PASSWORD})

        assert "_auth_user_id" not in client.session, door
        assert answer.status_code in (302, 404, 405), door
        if answer.status_code == 302:
            assert answer.url.startswith("/account/"), door

    assert {"/cms/login/", "/account/login/"} <= doors


# --- The editor -------------------------------------------------------------------------------------
def test_the_editor_opens_for_a_current_role_and_for_nobody_else(client):
    for person, status in [(member_with(AssociationRole.COMMUNITY_MANAGER), 200), (MemberFactory(), 404)]:
        client.force_login(person)
        assert client.get("/cms/").status_code == status
        assert client.get("/cms/pages/").status_code in (200, 302) if status == 200 else 404
    client.force_login(member_with(AssociationRole.BOARD))
    assert client.get("/cms/").status_code == 404


def test_a_role_past_its_end_closes_the_editor_though_the_auth_group_stayed(client):
    former = member_with(AssociationRole.COMMUNITY_MANAGER)
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    former.role_grants.update(starts_on=yesterday, ends_on=yesterday)
    client.force_login(Member.objects.get(pk=former.pk))

    assert former.groups.exists()
    assert client.get("/cms/").status_code == 404


def test_a_community_manager_writes_an_announcement_in_the_editor(client):
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))
    section = AnnouncementIndexPage.objects.get()

    answer = client.get(f"/cms/pages/add/pages/announcementpage/{section.pk}/")

    assert answer.status_code == 200
    assert "body" in answer.content.decode()
    assert client.get("/cms/images/add/").status_code == client.get("/cms/documents/").status_code == 200


def test_the_editor_gives_no_second_way_to_give_rights(client):
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    menu = client.get("/cms/").content.decode()

    assert "/cms/users/" not in menu
    assert "/cms/groups/" not in menu
    assert client.get("/cms/users/").status_code == 302
    assert client.get("/cms/groups/").status_code == 302


def test_set_up_may_run_again():
    lay_out_site()
    lay_out_site()

    assert (LandingPage.objects.count(), AnnouncementIndexPage.objects.count()) == (1, 1)
    assert not LandingPage.objects.get().live
    group = Group.objects.get(name="association:community_manager")
    assert GroupPagePermission.objects.filter(group=group).count() == 6


# --- Pages ------------------------------------------------------------------------------------------
def test_a_page_is_for_members_unless_it_is_published_for_everybody(client):
    private, public = content_page(title="Huisregels"), content_page(title="Over ons", scope=Scope.PUBLIC)
    LandingPage.objects.update(live=True)

    assert client.get(address(private)).url.startswith("/account/login/")
    assert "Over ons" in client.get(address(public)).content.decode()
    client.force_login(MemberFactory())
    assert "Huisregels" in client.get(address(private)).content.decode()


def test_a_visitor_cannot_tell_a_private_page_from_no_page(client):
    private = client.get(address(content_page(slug="geheim")))
    nothing = client.get("/pages/bestaat-niet/")

    assert private.status_code == nothing.status_code == 302
    assert private.url.startswith("/account/login/") and nothing.url.startswith("/account/login/")


def test_a_page_for_a_group_is_404_for_others_without_a_loop(client):
    subgroup = SubgroupFactory()
    page = content_page(scope=Scope.GROUPS)
    page.subgroups.set([subgroup])
    page.save()
    LandingPage.objects.update(live=True)

    client.force_login(member_of(subgroup))
    assert client.get(address(page)).status_code == 200
    client.force_login(MemberFactory())
    assert client.get(address(page), follow=True).status_code == 404


def test_a_page_below_a_closed_page_is_closed_too(client):
    subgroup = SubgroupFactory()
    parent = content_page(scope=Scope.GROUPS)
    parent.subgroups.set([subgroup])
    parent.save()
    child = content_page(parent=parent, title="Bijlage", slug="bijlage")
    LandingPage.objects.update(live=True)
    client.force_login(MemberFactory())

    assert client.get(address(child)).status_code == 404


def test_a_restriction_of_wagtail_is_404_for_outsiders_without_a_loop(client):
    subgroup = SubgroupFactory()
    page = content_page()
    LandingPage.objects.update(live=True)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set(Group.objects.filter(role_group__subgroup=subgroup))

    client.force_login(member_of(subgroup))
    assert client.get(address(page)).status_code == 200
    client.force_login(MemberFactory())
    assert client.get(address(page), follow=True).status_code == 404


def test_a_draft_is_404_for_members(client):
    page = content_page(live=False)
    LandingPage.objects.update(live=True)
    client.force_login(MemberFactory())

    assert client.get(address(page) or "/pages/huisregels/").status_code == 404


def test_news_shows_only_what_the_reader_may_read(client):
    subgroup = SubgroupFactory()
    news_item(title="Nieuwe steiger")
    secret = news_item(title="Plan van de commissie", scope=Scope.GROUPS)
    secret.subgroups.set([subgroup])
    secret.save()
    LandingPage.objects.update(live=True)
    client.force_login(MemberFactory())

    listing = client.get("/pages/news/").content.decode()

    assert "Nieuwe steiger" in listing
    assert "Plan van de commissie" not in listing


# --- Front page -------------------------------------------------------------------------------------
def test_the_front_page_is_public_only_when_it_is_published(client):
    LandingPage.objects.update(title="Roeien in de polder")

    before = client.get("/")
    LandingPage.objects.update(live=True)
    after = client.get("/").content.decode()

    assert before.url == reverse("account_login")
    assert "Roeien in de polder" in after


# --- Pictures and documents -------------------------------------------------------------------------
def page_with(block, value, **fields):
    page = content_page(body=[(block, value)], **fields)
    LandingPage.objects.update(live=True)
    return page


def test_a_picture_is_served_to_readers_of_its_page_only(client):
    subgroup = SubgroupFactory()
    image = picture()
    page = page_with("picture", image, scope=Scope.GROUPS)
    page.subgroups.set([subgroup])
    page.save()
    url = image.get_rendition("width-32").url

    visitor = client.get(url)
    client.force_login(MemberFactory())
    outsider = client.get(url)
    client.force_login(member_of(subgroup))
    reader = client.get(url)

    assert (visitor.status_code, outsider.status_code, reader.status_code) == (404, 404, 200)
    assert reader["Cache-Control"].startswith("private")
    assert reader["X-Content-Type-Options"] == "nosniff"
    assert reader["Content-Type"] == "image/jpeg"


def test_a_picture_on_a_public_page_is_public_and_a_loose_one_is_the_editors_own(client):
    shown, loose = picture(), picture()
    page_with("picture", shown, scope=Scope.PUBLIC)

    assert client.get(shown.get_rendition("width-32").url).status_code == 200
    assert client.get(loose.get_rendition("width-32").url).status_code == 404
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))
    assert client.get(loose.get_rendition("width-32").url).status_code == 200


def test_the_original_and_the_media_address_are_never_served(client):
    image = picture()
    page_with("picture", image, scope=Scope.PUBLIC)
    client.force_login(member_with(AssociationRole.COMMUNITY_MANAGER))

    assert client.get(image.file.url).status_code == 404
    assert client.get(f"/media/{image.file.name}").status_code == 404
    assert client.get(f"/pictures/{image.file.name}").status_code == 404


def test_a_stored_picture_knows_no_place_camera_or_file_name():
    exif = Image.Exif()
    exif[0x010F], exif[0x8825] = "Camera van Anneke", {1: "N", 2: (52.0, 4.0, 0.0)}

    image = picture(exif=exif)

    raw = image.file.open().read()
    assert b"Anneke" in picture_bytes(exif=exif)
    assert b"Anneke" not in raw
    assert not Image.open(BytesIO(raw)).getexif()
    assert "Anneke" not in image.file.name
    assert (image.width, image.height) == (64, 48)


def test_a_turned_photo_is_stored_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    image = Picture.objects.create(title="x", file=ContentFile(picture_bytes(exif=exif), name="x.jpg"))

    assert (image.width, image.height) == (48, 64)


def test_a_document_goes_with_its_page_and_is_never_kept_or_opened_in_place(client):
    subgroup = SubgroupFactory()
    file = document()
    page = page_with("file", file, scope=Scope.GROUPS)
    page.subgroups.set([subgroup])
    page.save()

    visitor = client.get(file.url)
    client.force_login(MemberFactory())
    outsider = client.get(file.url)
    client.force_login(member_of(subgroup))
    reader = client.get(file.url)

    assert visitor.url.startswith("/account/login/")
    assert outsider.status_code == 404
    assert b"".join(reader.streaming_content) == b"Notulen"
    assert reader["Cache-Control"] == "private, no-store"
    assert reader["X-Content-Type-Options"] == "nosniff"
    assert reader["Content-Disposition"].startswith("attachment")


def test_a_renamed_page_keeps_its_document_closed(client):
    subgroup = SubgroupFactory()
    file = document()
    page = page_with("file", file, scope=Scope.GROUPS)
    page.subgroups.set([subgroup])
    page.slug, page.title = "heel-anders", "Heel anders"
    page.save_revision().publish()
    client.force_login(MemberFactory())

    assert client.get(file.url).status_code == 404


def test_a_closed_collection_closes_its_files(client):
    subgroup = SubgroupFactory()
    file = document()
    page_with("file", file)
    restriction = CollectionViewRestriction.objects.create(
        collection=file.collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.set(Group.objects.filter(role_group__subgroup=subgroup))

    client.force_login(MemberFactory())
    assert client.get(file.url).status_code == 404
    client.force_login(member_of(subgroup))
    assert client.get(file.url).status_code == 200
