"""A photo that somebody wants gone, and two people who act on it at the same moment."""

import pytest

from groups.albums.access import visible_photos
from groups.albums.errors import PhotoGone
from groups.albums.models import Objection
from groups.albums.services import keep_photo, object_to, remove_photo, take_back
from groups.subgroups.errors import AlreadyDecided
from groups.subgroups.models import SubgroupRole
from tests.factories import SubgroupFactory, member_of
from tests.groups.test_albums import add, album_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    """A photo of a group's manager, with the request of somebody who is on it."""
    group = SubgroupFactory()
    maker, pictured = member_of(group, role=SubgroupRole.MANAGER), member_of(group)
    photo = add(album_of(group, maker), maker)
    return maker, pictured, photo, object_to(photo=photo, member=pictured)


def test_a_second_keeper_does_not_answer_again(asked):
    maker, pictured, _, objection = asked
    keep_photo(objection=objection, by=maker, answer="Dat is Joost.")

    with pytest.raises(AlreadyDecided):
        keep_photo(objection=objection, by=maker, answer="Toch niet.")
    with pytest.raises(AlreadyDecided):
        take_back(objection=objection)

    assert Objection.objects.get(member=pictured).answer == "Dat is Joost."


def test_a_photo_that_stays_was_not_removed_a_moment_ago(asked):
    maker, _, photo, objection = asked
    remove_photo(photo=photo, by=maker)

    with pytest.raises(AlreadyDecided):
        keep_photo(objection=objection, by=maker, answer="Dat is Joost.")


def test_a_photo_that_went_a_moment_ago_is_not_asked_away(asked):
    maker, pictured, photo, _ = asked
    remove_photo(photo=photo, by=maker)

    with pytest.raises(PhotoGone):
        object_to(photo=photo, member=pictured)
    assert not visible_photos(maker).filter(pk=photo.pk).exists()
