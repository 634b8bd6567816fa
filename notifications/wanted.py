"""What members want: per kind, channel and place, their hours, and when their summary comes."""

from collections.abc import Iterable

from django.utils import timezone

from notifications.kinds import NoticeKind
from notifications.models import Channel, ChannelChoice, NoticeSettings
from notifications.quiet import next_digest


def wanted_channels(member_ids: Iterable[int], kind: NoticeKind, place: str = "") -> dict[int, dict[str, str]]:
    """{member: {channel: timing}}: the choice for this place, else the one for everywhere, else the kind's own."""
    ids = list(member_ids)
    timings = {pk: {channel: kind.timing(channel) for channel in Channel.values} for pk in ids}
    if kind.optional:
        choices = ChannelChoice.objects.filter(member__in=ids, kind=kind.code, place__in={"", place})
        for choice in choices.order_by("place"):  # "" comes first, so that the place has the last word
            timings[choice.member_id][choice.channel] = choice.timing
    return timings


def settings_of(member_ids: Iterable[int]) -> dict[int, NoticeSettings]:
    """{member: settings}, with the defaults for who has no row."""
    ids = list(member_ids)
    found = NoticeSettings.objects.in_bulk(ids)
    return {pk: found.get(pk) or NoticeSettings(member_id=pk) for pk in ids}


def plan_digests(member_ids: Iterable[int]) -> None:
    """Give each member who has none planned the moment of the next summary; who wants none gets none."""
    ids = list(member_ids)
    if not ids:
        return
    NoticeSettings.objects.bulk_create([NoticeSettings(member_id=pk) for pk in ids], ignore_conflicts=True)
    unplanned = NoticeSettings.objects.filter(member__in=ids, next_digest_at__isnull=True)
    at, by_moment = timezone.now(), {}
    for settings in unplanned.exclude(digest=NoticeSettings.Digest.NEVER):
        by_moment.setdefault(next_digest(at, settings), []).append(settings.pk)
    for moment, members in by_moment.items():
        NoticeSettings.objects.filter(pk__in=members).update(next_digest_at=moment)
