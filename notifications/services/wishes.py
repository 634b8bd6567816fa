"""A member changes what they want to hear."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from notifications.errors import AlwaysOn, UnknownPlace
from notifications.kinds import notice_kind, notice_kinds
from notifications.levels import Level, timing_at
from notifications.models import Channel, ChannelChoice, Delivery, Mute, Notice, NoticeSettings, Timing
from notifications.places import places_of
from notifications.wanted import plan_digests

MUTE_FOR = {"hour": timedelta(hours=1), "work": timedelta(hours=8), "week": timedelta(days=7), "always": None}


@transaction.atomic
def choose(*, member, kind: str, channel: str, timing: str | None, place: str = "") -> None:
    """Set when `channel` carries `kind`, everywhere or in one place; None goes back to the default.

    Raises AlwaysOn for what nobody can switch off, UnknownPlace.
    """
    definition = notice_kind(kind)
    if not definition.optional:
        raise AlwaysOn
    if place and place not in places_of(member):
        raise UnknownPlace
    choice = {"member": member, "kind": kind, "channel": channel, "place": place}
    if timing is None or (not place and timing == definition.timing(channel)):
        ChannelChoice.objects.filter(**choice).delete()
    else:
        ChannelChoice.objects.update_or_create(**choice, defaults={"timing": timing})


@transaction.atomic
def choose_level(*, member, level: str) -> None:
    """Set every kind that can be chosen, everywhere, as this level has it; choices for one group stay."""
    ChannelChoice.objects.filter(member=member, place="").delete()
    NoticeSettings.objects.update_or_create(member=member, defaults={"one_a_day": level != Level.EVERYTHING})
    kinds = [kind for kind in notice_kinds() if kind.optional]
    wanted = [(kind, channel, timing_at(level, kind, channel)) for kind in kinds for channel in Channel.values]
    ChannelChoice.objects.bulk_create(
        ChannelChoice(member=member, kind=kind.code, channel=channel, timing=timing)
        for kind, channel, timing in wanted
        if timing != kind.timing(channel)
    )


@transaction.atomic
def mute(*, member, place: str, length: str, keeps_mentions: bool = True) -> Mute:
    """Silence a place for an hour, eight hours (`work`), a week or always, and drop what still waits from there.

    Own payments, security and announcements that ask for an acknowledgement stay on. Raises UnknownPlace.
    """
    if place not in places_of(member):
        raise UnknownPlace
    span = MUTE_FOR[length]
    row, _ = Mute.objects.update_or_create(
        member=member,
        place=place,
        defaults={"until": timezone.now() + span if span else None, "keeps_mentions": keeps_mentions},
    )
    for delivery in Delivery.objects.not_begun().filter(member=member, place=place):
        kind = notice_kind(delivery.kind)
        if kind.optional and not (kind.personal and keeps_mentions):
            Delivery.objects.not_begun().filter(pk=delivery.pk).update(
                state=Delivery.State.DROPPED, done_at=timezone.now()
            )
    return row


def unmute(*, member, place: str) -> None:
    Mute.objects.filter(member=member, place=place).delete()


@transaction.atomic
def change_settings(*, member, **values) -> NoticeSettings:
    """Change the member's hours and levels; the next summary is planned afresh."""
    NoticeSettings.objects.update_or_create(member=member, defaults={**values, "next_digest_at": None})
    if Notice.objects.filter(member=member, read_at__isnull=True, in_digest=True).exists():
        plan_digests([member.pk])
    return NoticeSettings.objects.get(member=member)


def unsubscribe(*, member, kind: str, place: str = "") -> None:
    """From the link in a mail: no more mail of this kind (from this place), or no more summary."""
    if kind == "digest":
        change_settings(member=member, digest=NoticeSettings.Digest.NEVER)
        return
    ChannelChoice.objects.update_or_create(
        member=member, kind=kind, channel=Channel.MAIL, place=place, defaults={"timing": Timing.OFF}
    )
