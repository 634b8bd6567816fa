"""What members tell, who sees it, who is found, and who acts for whom."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from finance.pots.access import my_requests
from groups.people.access import audience_of
from groups.people.doubles import likely_doubles
from groups.people.errors import MergeNotRecorded
from groups.people.models import (
    AssociationRole,
    Audience,
    Dismissal,
    Interest,
    Member,
    MemberMerge,
    ProfileField,
    ProfileValue,
)
from groups.people.portraits import NotAPhoto, as_portrait
from groups.people.queries import Filter, directory, suggested_people
from groups.people.services import (
    add_child,
    answer_fields,
    choose_interests,
    dismiss,
    end_guardianship,
    keep_apart,
    merge_members,
    undo_merge,
)
from groups.subgroups.access import is_member, may
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import add_member
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot
from tests.factories_people import some_kind
from tests.groups.test_entry import proven

pytestmark = pytest.mark.django_db


def answered(member, audience, text="06 12345678", **field):
    question = ProfileField.objects.create(name=f"Vraag {ProfileField.objects.count()}", **field)
    return ProfileValue.objects.create(member=member, field=question, value=text, audience=audience)


@pytest.fixture
def circle():
    """Somebody, and one person of each kind who looks at them."""
    subgroup = SubgroupFactory()
    person = member_of(subgroup)
    return person, {
        Audience.MEMBERS: MemberFactory(),
        Audience.GROUPS: member_of(subgroup),
        Audience.MANAGERS: member_of(subgroup, SubgroupRole.MANAGER),
        Audience.BOARD: member_with(AssociationRole.BOARD),
    }


def test_each_looks_from_where_they_stand(circle):
    person, viewers = circle

    assert {audience: audience_of(viewer, person) for audience, viewer in viewers.items()} == {
        audience: audience for audience in viewers
    }
    assert audience_of(person, person) == Audience.ME


@pytest.mark.parametrize("audience", [Audience.GROUPS, Audience.BOARD, Audience.ME])
def test_a_preview_shows_exactly_what_that_audience_gets(client, circle, audience):
    person, viewers = circle
    answered(person, audience)
    order = list(viewers)

    for viewer_audience, viewer in viewers.items():
        client.force_login(viewer)
        seen = "06 12345678" in client.get(person.get_absolute_url()).content.decode()
        client.force_login(person)
        preview = client.get(reverse("preview-profile"), {"as": viewer_audience})
        previewed = "06 12345678" in preview.content.decode()

        wide_enough = audience != Audience.ME and order.index(viewer_audience) >= order.index(audience)
        assert seen == previewed == wide_enough


def test_the_directory_finds_only_who_said_yes(client):
    listed, hidden = MemberFactory(first_name="Zwaantje", is_listed=True), MemberFactory(first_name="Zwaan")
    client.force_login(MemberFactory())

    text = client.get(reverse("directory"), {"q": "zwaan"}).content.decode()

    assert listed.display_name in text
    assert hidden.get_absolute_url() not in text
    assert list(directory(listed, Filter("zwaan"))) == [listed]


def test_the_directory_does_not_search_in_what_is_not_for_everybody():
    person = MemberFactory(is_listed=True)
    answered(person, Audience.BOARD, "Gouda", is_searchable=True)
    viewer = MemberFactory()
    before = list(directory(viewer, Filter("gouda")))

    ProfileValue.objects.update(audience=Audience.MEMBERS)

    assert before == []
    assert list(directory(viewer, Filter("gouda"))) == [person]


def test_an_interest_is_found_by_its_other_words():
    person, interest = MemberFactory(is_listed=True), Interest.objects.create(name="tuinieren", synonyms="planten")
    choose_interests(member=person, interests=[interest], new=[])

    assert list(directory(MemberFactory(), Filter("planten"))) == [person]


def test_a_new_word_joins_the_interest_it_means():
    interest = Interest.objects.create(name="tuinieren", synonyms="planten")
    member = MemberFactory()

    choose_interests(member=member, interests=[], new=["Planten", "breien"])

    assert {each.name for each in member.interests.all()} == {"tuinieren", "breien"}
    assert interest in member.interests.all()


def test_a_suggestion_says_why_and_can_be_dismissed_for_good():
    interest = Interest.objects.create(name="tuinieren")
    member, other = MemberFactory(), MemberFactory(is_listed=True)
    for person in (member, other):
        person.interests.add(interest)
    first = suggested_people(member)

    dismiss(member=member, about=f"member:{other.pk}")

    assert [(each.person, each.reason) for each in first] == [(other, "tuinieren")]
    assert suggested_people(member) == []


def test_an_answer_that_needs_approval_waits_unseen():
    member = MemberFactory()
    field = ProfileField.objects.create(name="Diploma", needs_approval=True)

    answer_fields(member=member, answers={field.pk: ("Instructeur", Audience.MEMBERS)})

    value = member.profile_values.get()
    assert (value.value, value.proposed) == ("", "Instructeur")


def test_a_setting_saves_at_once_and_alone(client):
    member = MemberFactory(is_listed=True, text_size=100)
    client.force_login(member)

    client.post(reverse("settings"), {"part": "text_size", "text_size": "130"})
    member.refresh_from_db()
    after_text = (member.text_size, member.is_listed)
    client.post(reverse("settings"), {"part": "is_listed"})
    member.refresh_from_db()

    assert after_text == (130, True)
    assert member.is_listed is False
    assert member.text_size == 130


def test_the_first_step_of_the_welcome_asks_name_and_photo_and_leaves_the_rest_alone(client):
    member, interest = MemberFactory(first_name="Fena"), Interest.objects.create(name="tuinieren")
    field = ProfileField.objects.create(name="Woonplaats")
    answer_fields(member=member, answers={field.pk: ("Goes", Audience.MEMBERS)})
    member.interests.add(interest)
    client.force_login(member)

    first = client.get(reverse("welcome"))
    client.post(reverse("welcome"), {"first_name": "Fenna", "last_name": "Dijk"})
    second = client.get(reverse("welcome"))
    after_first = (member.interests.get(), member.profile_values.get().value)
    client.post(
        reverse("welcome"), {f"answer_{field.pk}": "Sas", f"audience_{field.pk}": "groups", "new_interests": "breien"}
    )
    member.refresh_from_db()

    assert list(first.context["form"].fields) == ["photo_file", "first_name", "name_prefix", "last_name"]
    assert "first_name" not in second.context["form"].fields
    assert after_first == (interest, "Goes")
    assert (member.first_name, member.last_name, member.welcome_step) == ("Fenna", "Dijk", 3)
    assert (member.profile_values.get().value, member.interests.get().name) == ("Sas", "breien")


def test_groups_stand_on_a_profile_only_when_the_member_wants_it(client):
    subgroup = SubgroupFactory()
    person = member_of(subgroup)
    client.force_login(MemberFactory())
    before = subgroup.name in client.get(person.get_absolute_url()).content.decode()

    Member.objects.filter(pk=person.pk).update(shows_groups=True)

    assert not before
    assert subgroup.name in client.get(person.get_absolute_url()).content.decode()


def photo(**save):
    target = BytesIO()
    Image.new("RGB", (300, 200), "red").save(target, "JPEG", **save)
    return SimpleUploadedFile("foto.jpg", target.getvalue())


def test_a_portrait_keeps_nothing_of_the_camera():
    exif = Image.Exif()
    exif[0x010F] = "Camera"

    portrait = Image.open(BytesIO(as_portrait(photo(exif=exif.tobytes()))))

    assert (portrait.format, portrait.size) == ("WEBP", (192, 192))
    assert not portrait.getexif()


def test_something_else_than_a_photo_is_refused():
    with pytest.raises(NotAPhoto):
        as_portrait(SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>"))


# --- Guardians --------------------------------------------------------------------------------------
def test_a_guardian_goes_on_as_the_child_and_back(client):
    parent = MemberFactory()
    child = add_child(guardian=parent, first_name="Tijn", last_name="Bos", kind=some_kind("Jeugd"), by=parent)
    client.force_login(parent)

    client.post(reverse("act-for", args=[child.pk]))
    as_child = client.session["_auth_user_id"]
    client.post(reverse("act-as-myself"))

    assert as_child == str(child.pk)
    assert client.session["_auth_user_id"] == str(parent.pk)
    assert child.email is None


def test_only_a_guardian_acts_for_a_child_and_only_while_it_lasts(client):
    parent = MemberFactory()
    child = add_child(guardian=parent, first_name="Tijn", last_name="Bos", kind=some_kind("Jeugd"), by=parent)
    client.force_login(MemberFactory())
    stranger = client.post(reverse("act-for", args=[child.pk])).status_code

    end_guardianship(guardianship=child.guardians.get(), by=parent)
    client.force_login(parent)

    assert stranger == 404
    assert client.post(reverse("act-for", args=[child.pk])).status_code == 404


# --- Two accounts, one person -----------------------------------------------------------------------
def test_a_merge_takes_everything_along_and_can_be_undone():
    kept, gone, secretary = MemberFactory(), MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    subgroup = SubgroupFactory()
    add_member(subgroup=subgroup, member=gone)

    merge = merge_members(kept=kept, gone=gone, by=secretary)
    merged = is_member(Member.objects.get(pk=kept.pk), subgroup)
    closed = not Member.objects.get(pk=gone.pk).is_active
    undo_merge(merge=merge, by=secretary)

    assert merged
    assert closed
    assert is_member(Member.objects.get(pk=gone.pk), subgroup)
    assert not is_member(Member.objects.get(pk=kept.pk), subgroup)


def test_a_merge_of_before_the_moves_were_kept_says_so_and_offers_no_undo(client):
    kept, gone, secretary = MemberFactory(), MemberFactory(), member_with(AssociationRole.COMMUNITY_MANAGER)
    merge = merge_members(kept=kept, gone=gone, by=secretary)
    MemberMerge.objects.update(moved={})

    with pytest.raises(MergeNotRecorded):
        undo_merge(merge=merge, by=secretary)
    client.force_login(secretary)
    page = client.get(reverse("register")).content.decode()

    assert not Member.objects.get(pk=gone.pk).is_active
    assert 'name="undo"' not in page
    assert "niet bewaard wat er verhuisde" in page


def test_of_two_places_in_one_group_one_is_left_with_the_roles_of_both_and_undo_parts_them():
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    subgroup = SubgroupFactory()
    kept, gone = member_of(subgroup), member_of(subgroup, SubgroupRole.MANAGER)

    merge = merge_members(kept=kept, gone=gone, by=secretary)
    subgroup.refresh_from_db()
    during = (subgroup.member_count, may(Member.objects.get(pk=kept.pk), "manage_settings", subgroup))
    undo_merge(merge=merge, by=secretary)
    subgroup.refresh_from_db()

    assert during == (1, True)
    assert subgroup.member_count == 2
    assert not may(Member.objects.get(pk=kept.pk), "manage_settings", subgroup)
    assert may(Member.objects.get(pk=gone.pk), "manage_settings", subgroup)


def test_a_merge_takes_payments_along_when_both_have_been_asked_before():
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    _pot, _chef, (first,) = asked_pot(members=1)
    _other_pot, _other_chef, (second,) = asked_pot(members=1)
    kept, gone = first.party.member, second.party.member

    merge = merge_members(kept=kept, gone=gone, by=secretary)
    during = set(my_requests(kept))
    undo_merge(merge=merge, by=secretary)

    assert during == {first, second}
    assert (list(my_requests(kept)), list(my_requests(gone))) == ([first], [second])


def test_a_large_account_is_merged_in_few_queries(django_assert_max_num_queries):
    secretary, kept, gone = member_with(AssociationRole.COMMUNITY_MANAGER), MemberFactory(), MemberFactory()
    Dismissal.objects.bulk_create([Dismissal(member=gone, about=f"member:{n}") for n in range(300)])
    Dismissal.objects.create(member=kept, about="member:7")

    with django_assert_max_num_queries(600):
        merge_members(kept=kept, gone=gone, by=secretary)

    assert (kept.dismissals.count(), gone.dismissals.count()) == (300, 1)


def test_who_is_there_twice_is_found_whatever_the_accents_and_initials():
    first = MemberFactory(first_name="José", name_prefix="van der", last_name="Berg")
    second = MemberFactory(first_name="jose", name_prefix="Van der", last_name="berg")
    third = MemberFactory(first_name="J.", name_prefix="van der", last_name="Berg")
    MemberFactory(first_name="Anna", name_prefix="van der", last_name="Berg")

    found = {(pair.first, pair.second, pair.has_initial) for pair in likely_doubles(Member.objects.all())}
    keep_apart(first=second, second=first, by=first)
    later = {(pair.first, pair.second) for pair in likely_doubles(Member.objects.all())}

    assert found == {(first, second, False), (first, third, True), (second, third, True)}
    assert later == {(first, third), (second, third)}


def test_likely_doubles_are_offered_and_put_apart_on_the_page(client):
    secretary = member_with(AssociationRole.COMMUNITY_MANAGER)
    proven(client, secretary)
    first = MemberFactory(first_name="Sanne", last_name="Bos")
    second = MemberFactory(first_name="Sanne", last_name="Bos")

    before = client.get(reverse("merge-members")).content.decode()
    client.post(reverse("merge-members"), {"different": f"{first.pk}:{second.pk}"})

    assert f"?kept={first.pk}&amp;gone={second.pk}" in before
    assert "Sanne Bos" not in client.get(reverse("merge-members")).content.decode()
