"""Reading notices as words."""

from dataclasses import dataclass
from datetime import datetime

from notifications.kinds import Words, notice_kind
from notifications.models import Notice


@dataclass(frozen=True, slots=True)
class ShownNotice:
    id: int
    words: Words
    icon: str
    at: datetime
    count: int
    is_unread: bool


def shown_notices(notices) -> list[ShownNotice]:
    """The notices as this reader may see them now: what is no longer theirs to know is left out."""
    shown = []
    for notice in notices:
        kind = notice_kind(notice.kind)
        words = kind.words(notice.member, notice.context, notice.count)
        shown.append(ShownNotice(notice.pk, words, kind.icon, notice.created_at, notice.count, notice.read_at is None))
    return shown


def unread_notices(member) -> int:
    return Notice.objects.filter(member=member, read_at__isnull=True).count()
