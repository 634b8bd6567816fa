"""What members change about themselves."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Audience, Dismissal, Interest, Look, Member, ProfileField, ProfileValue
from groups.people.portraits import as_portrait
from notifications.services import notify


@transaction.atomic
def change_profile(*, member: Member, **values) -> Member:
    """Write the member's own fields; names are kept as typed, without the invisible characters around them."""
    for name, value in values.items():
        setattr(member, name, value)
    member.save(update_fields=list(values))
    return member


@transaction.atomic
def change_photo(*, member: Member, upload) -> Member:
    """Store a square portrait without anything the camera wrote into the file. `None` takes the photo away."""
    old = member.photo.name
    if upload is None:
        member.photo = ""
    else:
        member.photo.save("portrait.webp", ContentFile(as_portrait(upload)), save=False)
    member.save(update_fields=["photo"])
    if old:
        storage = member.photo.storage
        transaction.on_commit(lambda: storage.delete(old), robust=True)
    return member


@transaction.atomic
def answer_fields(*, member: Member, answers: dict[int, tuple[str, str]]) -> None:
    """Store {field id: (answer, audience)}. Where the association wants to look first, a change waits for approval."""
    fields = ProfileField.objects.in_bulk(list(answers))
    present = {value.field_id: value for value in member.profile_values.select_for_update()}
    for field_id, (answer, audience) in answers.items():
        field = fields[field_id]
        row = present.get(field_id) or ProfileValue(member=member, field=field)
        row.audience = audience
        # Taking an answer back is the member's own business and waits for nobody.
        if field.needs_approval and answer and answer != row.value:
            row.proposed = answer
        else:
            row.value, row.proposed = answer, ""
        row.save()


@transaction.atomic
def decide_value(*, value: ProfileValue, by: Member, accept: bool) -> None:
    """Take over what the member proposed, or leave what there was."""
    value = ProfileValue.objects.select_for_update().select_related("field", "member").get(pk=value.pk)
    if accept:
        value.value = value.proposed
    value.proposed = ""
    value.save(update_fields=["value", "proposed"])
    notify(
        member_ids=[value.member_id],
        kind="profile_answer",
        key=f"profile-answer:{value.pk}",
        context={"field": value.field.name, "accepted": accept},
        dedupe=f"profile-answer:{value.pk}:{timezone.now().timestamp()}",
    )
    record(
        by=by,
        act="profile.approved" if accept else "profile.refused",
        about=value.member,
        details={"field": value.field.name},
    )


@transaction.atomic
def choose_interests(*, member: Member, interests, new: list[str]) -> None:
    """Replace the member's interests; a new word joins the interest it is a synonym of, if there is one."""
    chosen = set(interests)
    for word in new:
        chosen.add(interest_called(word) or Interest.objects.create(name=word[:60]))
    member.interests.set(chosen)


def interest_called(word: str) -> Interest | None:
    """The interest with this name or synonym, whatever the capitals."""
    wanted = word.strip().casefold()
    return next(
        (interest for interest in Interest.objects.all() if wanted in (name.casefold() for name in interest.words)),
        None,
    )


def dismiss(*, member: Member, about: str) -> None:
    """Never suggest this to the member again."""
    Dismissal.objects.get_or_create(member=member, about=about)


CONFIDENTIAL = (Audience.MANAGERS, Audience.BOARD)


def note_look(*, by: Member, person: Member, audience: str, values) -> Look | None:
    """Remember that `by`, as what they are towards `person`, was shown confidential answers; at most once a day.

    The member reads it back under “Who can see me”: the role and the day. Nothing when there was nothing to see.
    """
    if by.pk == person.pk or not any(value.audience in CONFIDENTIAL for value in values):
        return None
    return Look.objects.get_or_create(
        viewed=person, viewer=by, audience=audience, where=Look.Where.PROFILE, day=timezone.localdate()
    )[0]


def note_opening(*, by: Member, person: Member | None, where: str) -> Look | None:
    """Remember that somebody with a role opened a page of the office about `person`; at most once a day."""
    if person is None or by.pk == person.pk:
        return None
    audience = Audience.BOARD if where == Look.Where.FEES else Audience.MANAGERS
    return Look.objects.get_or_create(
        viewed=person, viewer=by, audience=audience, where=where, day=timezone.localdate()
    )[0]
