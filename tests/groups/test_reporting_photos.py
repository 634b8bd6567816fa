"""A photo in an album is reported, judged and answered as a message is."""

from pathlib import Path

import pytest
from django.urls import reverse

from groups.albums.models import Photo
from groups.albums.reporting import find_photo, report_path
from groups.albums.services import object_to, remove_photo
from groups.moderation.models import Report
from groups.moderation.services import act, close_report
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.groups.test_albums import add, album_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def club():
    return SubgroupFactory(name="Fotoclub", modules=["threads", "files"])


@pytest.fixture
def photo(club):
    maker = member_of(club, first_name="Maker")
    return add(album_of(club, maker), maker, description="Bij de sluis")


@pytest.fixture
def reader(club):
    return member_of(club, first_name="Lezer")


def reported(client, photo, reader) -> Report:
    client.force_login(reader)
    path = client.post(reverse("report-photo", args=[photo.pk])).url
    client.post(path, {"category": "private", "explanation": "Dit is mijn kind."})
    return Report.objects.get()


def test_the_button_leads_to_the_form_and_the_report_keeps_what_it_was_about(client, photo, reader, club):
    client.force_login(reader)
    page = client.get(photo.get_absolute_url()).content.decode()

    report = reported(client, photo, reader)

    assert reverse("report-photo", args=[photo.pk]) in page
    assert (report.about, report.subgroup, report.reporter) == (photo.added_by, club, reader)
    assert "Bij de sluis" in report.words
    assert report.category == "private"


def test_who_judges_sees_the_photo_and_takes_it_away_and_the_reporter_hears(client, photo, reader, club):
    report = reported(client, photo, reader)
    moderator = member_of(club, SubgroupRole.MODERATOR)
    client.force_login(moderator)
    page = client.get(report.get_absolute_url()).content.decode()

    act(report=report, by=moderator, kind="remove", reason="Hier staan kinderen op.")
    close_report(report=report, by=moderator, outcome="acted")

    assert reverse("report-picture", args=[report.pk]) in page
    assert not Photo.objects.exists()
    assert Notice.objects.filter(member=reader, kind="moderation.outcome").count() == 1
    about = Notice.objects.get(member=photo.added_by, kind="moderation.act")
    assert "Lezer" not in str(about.context)


def test_a_moderator_of_the_association_sees_a_photo_only_while_it_is_reported(client, photo, reader):
    judge = member_with(AssociationRole.MODERATOR)
    client.force_login(judge)
    small = reverse("photo-small", args=[photo.pk])
    before = client.get(small).status_code
    report = reported(client, photo, reader)

    client.force_login(judge)
    during = client.get(small).status_code
    close_report(report=report, by=judge, outcome="nothing")

    assert (before, during, client.get(small).status_code) == (404, 200, 404)


def test_the_photo_is_kept_with_the_report_when_its_maker_takes_it_away_and_goes_when_it_is_closed(
    client, photo, reader, club, django_capture_on_commit_callbacks
):
    report = reported(client, photo, reader)
    with photo.small.open("rb") as small:
        content = small.read()
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(photo=photo, by=photo.added_by)
    address, answers = reverse("report-picture", args=[report.pk]), {}

    for name, member in (("maker", photo.added_by), ("reader", reader), ("judge", member_of(club, "moderator"))):
        client.force_login(member)
        answers[name] = client.get(address)
    kept = report.picture.path
    assert [answers[name].status_code for name in ("maker", "reader", "judge")] == [404, 404, 200]
    assert b"".join(answers["judge"].streaming_content) == content

    with django_capture_on_commit_callbacks(execute=True):
        close_report(report=report, by=member_of(club, "moderator"), outcome="nothing")
    assert client.get(address).status_code == 404
    assert not Path(kept).exists()


def test_nobody_reports_the_own_photo_one_they_do_not_see_or_one_that_is_out_of_sight(client, photo, reader):
    path = report_path(photo)
    answers = []
    for member in (photo.added_by, MemberFactory()):
        client.force_login(member)
        pressed = client.post(reverse("report-photo", args=[photo.pk])).status_code
        answers.append((pressed, client.get(path).status_code))
    object_to(photo=photo, member=member_of(photo.album.subgroup))
    client.force_login(reader)

    assert answers == [(403, 404), (404, 404)]
    assert client.get(path).status_code == 404


def test_the_same_photo_is_reported_once_by_one_person_while_that_is_open(client, photo, reader):
    reported(client, photo, reader)

    again = client.post(report_path(photo), {"category": "rude"})

    assert again.status_code == 422
    assert Report.objects.count() == 1


def test_a_photo_whose_maker_left_has_nobody_to_answer(client, photo, reader):
    Photo.objects.filter(pk=photo.pk).update(added_by=None)
    client.force_login(reader)

    assert client.post(reverse("report-photo", args=[photo.pk])).status_code == 403
    assert find_photo(reader, 1) is None
