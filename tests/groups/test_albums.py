"""Photo albums: who sees them, photos without a place in them, and a person on a photo who wants it gone."""

import io

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from groups.albums.access import open_objections, visible_albums, visible_photos
from groups.albums.errors import AlbumFull, AlreadyAnswered, HiddenGroup, MayNotAdd, SeenByNobody
from groups.albums.models import Album, Objection, Photo
from groups.albums.retention import wipe_photos
from groups.albums.services import add_photos, change_album, object_to, remove_photo, start_album
from groups.events.services import answer_event, plan_event
from groups.people.audit import AuditEntry
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import archive_subgroup, end_membership, switch_right
from notifications.cards import cards_for
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.groups.test_attachments import photo as jpeg
from tests.groups.test_attachments import photo_with_place, upload
from theme.personal_data import all_personal_data
from theme.uploads import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    return SubgroupFactory(name="Fotoclub", modules=["threads", "files", "agenda"])


@pytest.fixture
def maker(club):
    return member_of(club)


def album_of(subgroup, by, seen_by="group", **values):
    return start_album(by=by, subgroup=subgroup, title="Zomer", seen_by=seen_by, **values)


def add(album, by, count=1, description=""):
    taken = [take_in(upload(jpeg(), f"IMG_{n}.jpg", "image/jpeg")) for n in range(count)]
    add_photos(album=album, by=by, photos=taken, description=description)
    return album.photos.order_by("-number").first()


def event_in(subgroup):
    now, by = timezone.now(), member_of(subgroup, SubgroupRole.MANAGER)
    return plan_event(
        by=by, subgroup=subgroup, title="Tocht", starts_at=now + timezone.timedelta(days=1),
        ends_at=now + timezone.timedelta(days=1, hours=2),
    )  # fmt: skip


def urls_of(photo):
    return [reverse(name, args=[photo.pk]) for name in ("photo", "photo-file", "photo-small")]


# --- Adding ------------------------------------------------------------------------------------------------


def test_a_downloaded_photo_carries_no_place_camera_or_comment(client, club, maker):
    album = album_of(club, maker)
    client.force_login(maker)
    files = [upload(photo_with_place(), "IMG_1.jpg", "image/jpeg"), upload(jpeg(), "IMG_2.jpg", "image/jpeg")]

    answer = client.post(reverse("add-photos", args=[album.pk]), {"photos": files, "description": "De sluis"})

    assert answer.status_code == 302
    first = album.photos.order_by("number").first()
    assert [photo.number for photo in album.photos.order_by("number")] == [1, 2]
    for name in ("photo-file", "photo-small"):
        content = b"".join(client.get(reverse(name, args=[first.pk])).streaming_content)
        assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
        assert b"Camerabouwer" not in content
        assert b"thuisadres" not in content
    assert (first.width, first.height, first.description) == (480, 640, "De sluis")


@pytest.mark.parametrize("content", [b"%PDF-1.7 enz", b"<svg onload='alert(1)'/>", b"MZ\x90\x00", b""])
def test_what_is_no_photo_is_refused_and_the_words_stay(client, club, maker, content):
    album = album_of(club, maker)
    client.force_login(maker)
    sent = {"photos": [upload(content, "zon.jpg", "image/jpeg")], "description": "De zon"}

    answer = client.post(reverse("add-photos", args=[album.pk]), sent)

    assert answer.status_code == 422
    assert "De zon" in answer.content.decode()
    assert not album.photos.exists()


def test_more_than_ten_at_once_and_none_at_all_are_refused(client, club, maker, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 20
    album = album_of(club, maker)
    client.force_login(maker)
    many = [upload(jpeg(size=(8, 8)), f"{n}.jpg", "image/jpeg") for n in range(11)]

    for photos in (many, []):
        answer = client.post(reverse("add-photos", args=[album.pk]), {"photos": photos})
        assert answer.status_code == 422
    assert not album.photos.exists()


def test_an_album_that_is_full_takes_no_more(club, maker, monkeypatch):
    monkeypatch.setattr("groups.albums.services.MAX_PHOTOS", 2)
    album = album_of(club, maker)
    add(album, maker, 2)

    with pytest.raises(AlbumFull):
        add(album, maker)

    assert album.photos.count() == 2


def test_who_may_not_add_files_in_the_group_adds_no_photos(client, club, maker):
    album = album_of(club, maker)
    switch_right(subgroup=club, role=SubgroupRole.MEMBER, right="upload", on=False, by=maker)
    other = member_of(club)
    client.force_login(other)

    assert client.post(reverse("add-photos", args=[album.pk]), {}).status_code == 403
    assert client.get(reverse("new-subgroup-album", args=[club.slug])).status_code == 403
    with pytest.raises(MayNotAdd):
        add(album, other)


def test_an_archived_group_shows_its_photos_and_takes_none(client, club, maker):
    photo = add(album_of(club, maker), maker)
    archive_subgroup(subgroup=club)
    client.force_login(maker)

    assert client.get(urls_of(photo)[0]).status_code == 200
    assert client.post(reverse("add-photos", args=[photo.album_id]), {}).status_code == 403
    assert client.post(reverse("remove-album", args=[photo.album_id])).status_code == 403


# --- Who sees ----------------------------------------------------------------------------------------------


def test_a_group_album_and_its_files_exist_for_the_group_alone(client, club, maker):
    photo = add(album_of(club, maker), maker)
    leaver, outsider = member_of(club), MemberFactory()
    client.force_login(leaver)
    assert [client.get(url).status_code for url in urls_of(photo)] == [200, 200, 200]

    end_membership(subgroup=club, member=leaver)

    for person in (leaver, outsider):
        client.force_login(person)
        assert [client.get(url).status_code for url in urls_of(photo)] == [404, 404, 404]
        assert client.get(photo.album.get_absolute_url()).status_code == 404
        assert "Zomer" not in client.get(reverse("albums")).content.decode()
        assert "Zomer" not in client.get(reverse("search"), {"q": "zomer"}).content.decode()


def test_an_album_of_an_event_can_be_for_who_came(club, maker):
    event = event_in(club)
    album = album_of(club, maker, "comers", event=event)
    came, stayed_home = member_of(club), member_of(club)
    answer_event(event=event, member=came, choice="yes")
    answer_event(event=event, member=stayed_home, choice="no")
    keeper = member_of(club, SubgroupRole.MODERATOR)

    seen = {
        name: visible_albums(person).filter(pk=album.pk).exists()
        for name, person in {"came": came, "home": stayed_home, "maker": maker, "keeper": keeper}.items()
    }

    assert seen == {"came": True, "home": False, "maker": True, "keeper": True}


def test_an_album_can_be_shown_to_the_whole_association_unless_the_group_is_hidden(club, maker):
    album, outsider, guest = album_of(club, maker, "everybody"), MemberFactory(), MemberFactory(enrolled=False)
    assert album in visible_albums(outsider)
    assert album not in visible_albums(guest)

    club.is_hidden = True
    club.save()

    assert album not in visible_albums(outsider)
    with pytest.raises(HiddenGroup):
        album_of(club, maker, "everybody")


def test_a_group_without_photos_has_none_whoever_asks(client, club, maker):
    photo = add(album_of(club, maker, "everybody"), maker)
    club.modules = ["threads"]
    club.save()
    client.force_login(maker)

    assert client.get(urls_of(photo)[0]).status_code == 404
    assert client.get(reverse("subgroup-albums", args=[club.slug])).status_code == 404
    assert not visible_photos(MemberFactory()).exists()


def test_who_came_needs_an_event_and_a_group_album_a_group(club, maker):
    with pytest.raises(SeenByNobody):
        album_of(club, maker, "comers")
    with pytest.raises(IntegrityError), transaction.atomic():
        Album.objects.create(title="Zonder groep", seen_by="group")


def test_the_association_has_albums_of_its_own(client):
    board, member = member_with(AssociationRole.BOARD), MemberFactory()
    client.force_login(member)
    assert client.get(reverse("new-album")).status_code == 403

    client.force_login(board)
    client.post(reverse("new-album"), {"title": "Open dag", "seen_by": "everybody"})

    album = Album.objects.get(title="Open dag")
    assert album in visible_albums(member)
    client.force_login(member)
    assert client.get(reverse("edit-album", args=[album.pk])).status_code == 403
    assert client.post(reverse("add-photos", args=[album.pk]), {}).status_code == 403


def test_changing_who_sees_it_is_written_down(club, maker):
    album = album_of(club, maker)

    change_album(album=album, by=maker, title="Zomer", description="", seen_by="everybody")

    entry = AuditEntry.objects.get(act="album.shown_to")
    assert entry.details == {"from": "group", "to": "everybody"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_albums_costs_the_same_for_any_number(client, club, maker, count, django_assert_max_num_queries):
    for _ in range(count):
        add(album_of(club, maker), maker)
    client.force_login(maker)
    client.get(reverse("subgroup-albums", args=[club.slug]))

    with django_assert_max_num_queries(17):
        client.get(reverse("subgroup-albums", args=[club.slug]))


# --- Taking away -------------------------------------------------------------------------------------------


def test_somebody_on_a_photo_opens_it_and_presses_once_and_nobody_sees_it(client, club, maker):
    photo, pictured, other = add(album_of(club, maker), maker), member_of(club), member_of(club)
    client.force_login(pictured)
    page = client.get(photo.get_absolute_url()).content.decode()
    assert reverse("object-to-photo", args=[photo.pk]) in page

    client.post(reverse("object-to-photo", args=[photo.pk]))

    for person in (pictured, other):
        client.force_login(person)
        assert [client.get(url).status_code for url in urls_of(photo)] == [404, 404, 404]
    client.force_login(maker)
    assert client.get(reverse("photo-file", args=[photo.pk])).status_code == 200  # who decides has to look
    assert client.get(photo.get_absolute_url()).status_code == 404
    assert [card.title for card in cards_for(maker) if card.key.startswith("objection")] == ["Zomer"]


def test_taken_away_for_good_the_file_is_gone_and_who_asked_hears_it(
    client, club, maker, django_capture_on_commit_callbacks
):
    photo, pictured = add(album_of(club, maker), maker), member_of(club)
    objection = object_to(photo=photo, member=pictured)
    client.force_login(maker)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("agree-objection", args=[objection.pk]))

    assert not Photo.objects.exists()
    assert not default_storage.exists(photo.file.name)
    assert not default_storage.exists(photo.small.name)
    assert Notice.objects.filter(member=pictured, kind="photo-gone").count() == 1


def test_a_photo_that_stays_is_back_with_an_answer_and_is_not_asked_about_twice(client, club, maker):
    photo, pictured = add(album_of(club, maker), maker), member_of(club)
    objection = object_to(photo=photo, member=pictured)
    client.force_login(maker)
    page = reverse("objection", args=[objection.pk])
    assert client.post(page, {"answer": " "}).status_code == 422

    client.post(page, {"answer": "Je staat er niet op, dat is Joost."})

    assert photo in visible_photos(pictured)
    notice = Notice.objects.get(member=pictured, kind="photo-kept")
    client.force_login(pictured)
    assert "dat is Joost" in client.get(reverse("notices")).content.decode()
    assert notice.read_at is None
    with pytest.raises(AlreadyAnswered):
        object_to(photo=photo, member=pictured)


def test_a_mistaken_tap_is_taken_back_by_who_made_it_alone(client, club, maker):
    photo, pictured, other = add(album_of(club, maker), maker), member_of(club), member_of(club)
    objection = object_to(photo=photo, member=pictured)
    path = reverse("take-back-objection", args=[objection.pk])

    client.force_login(other)
    assert client.post(path).status_code == 404
    client.force_login(pictured)
    client.post(path)

    assert photo in visible_photos(other)


def test_only_who_added_it_or_keeps_order_decides_and_never_who_asked(club, maker):
    photo = add(album_of(club, maker), maker)
    manager, member = member_of(club, SubgroupRole.MANAGER), member_of(club)
    asked_by_manager = object_to(photo=photo, member=manager)

    assert list(open_objections(maker)) == [asked_by_manager]
    assert list(open_objections(manager)) == []
    assert list(open_objections(member)) == []
    assert asked_by_manager in open_objections(member_with(AssociationRole.COMMUNITY_MANAGER))


def test_a_request_that_was_answered_has_an_answer(club, maker):
    objection = object_to(photo=add(album_of(club, maker), maker), member=member_of(club))

    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(kept_at=timezone.now())


def test_a_member_removes_their_own_photo_and_not_that_of_another(client, club, maker):
    album = album_of(club, maker)
    other = member_of(club)
    theirs, mine = add(album, maker), add(album, other)
    client.force_login(other)

    assert client.post(reverse("remove-photo", args=[theirs.pk])).status_code == 403
    assert client.post(theirs.get_absolute_url(), {"description": "x"}).status_code == 403
    client.post(reverse("remove-photo", args=[mine.pk]))

    assert list(album.photos.all()) == [theirs]


def test_a_keeper_removes_an_album_with_everything_in_it_after_being_asked(
    client, club, maker, django_capture_on_commit_callbacks
):
    photo = add(album_of(club, maker), maker, 2)
    client.force_login(member_of(club, SubgroupRole.MODERATOR))
    path = reverse("remove-album", args=[photo.album_id])
    assert client.get(path).status_code == 200
    assert Album.objects.count() == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post(path)

    assert (Album.objects.count(), Photo.objects.count()) == (0, 0)
    assert not default_storage.exists(photo.file.name)


def test_erasing_a_member_takes_their_photos_and_not_the_album(club, maker):
    album, other = album_of(club, maker), member_of(club)
    kept = add(album, other)
    add(album, maker)
    data = next(data for data in all_personal_data() if data.model == "albums.Photo")

    assert data.erase_rows_of(maker) == 1

    assert list(album.photos.all()) == [kept]


def test_old_photos_of_a_group_go_after_its_term(club, maker):
    old = add(album_of(club, maker), maker)
    elsewhere = SubgroupFactory()
    Photo.objects.filter(pk=old.pk).update(created_at=timezone.now() - timezone.timedelta(days=400))
    new = add(old.album, maker)
    before = timezone.now() - timezone.timedelta(days=365)

    assert (wipe_photos(before, elsewhere.pk, 10), wipe_photos(before, club.pk, 10)) == (0, 1)

    assert list(Photo.objects.all()) == [new]


def test_photos_have_neighbours_and_words(client, club, maker):
    album = album_of(club, maker)
    first = add(album, maker, description="Bij de sluis")
    second = add(album, maker)
    client.force_login(maker)

    page = client.get(first.get_absolute_url()).content.decode()
    client.post(second.get_absolute_url(), {"description": "Aan tafel"})

    assert second.get_absolute_url() in page
    assert 'alt="Bij de sluis"' in page
    second.refresh_from_db()
    assert second.description == "Aan tafel"


def test_the_page_of_an_event_leads_to_its_albums(client, club, maker):
    event = event_in(club)
    client.force_login(maker)
    start = f"{reverse('new-subgroup-album', args=[club.slug])}?event={event.pk}"
    assert start in client.get(event.get_absolute_url()).content.decode().replace("&amp;", "&")

    client.post(start, {"title": "Foto's van de tocht", "seen_by": "comers"})

    album = Album.objects.get()
    assert (album.event, album.subgroup, album.seen_by) == (event, club, "comers")
    assert album.get_absolute_url() in client.get(event.get_absolute_url()).content.decode()


def test_removing_a_photo_of_another_is_written_down(club, maker):
    photo, keeper = add(album_of(club, maker), maker), member_of(club, SubgroupRole.MODERATOR)

    remove_photo(photo=photo, by=keeper)

    assert AuditEntry.objects.filter(act="photo.removed", actor_id=keeper.pk).count() == 1
