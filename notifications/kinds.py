"""The kinds of notices. Each app registers its own: how it reads, and whether it still matters."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from notifications.models import Channel


@dataclass(frozen=True, slots=True)
class Words:
    """A notice in the language that is active: one line, a sentence or two more, and where it leads."""

    title: str
    body: str
    path: str
    button: str = ""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """`words(member, context, count)` renders when it is shown or sent, in the language of that moment.

    `still_true(member, context)` is asked just before sending: has the member still the right to know, and is
    it not done already? False drops the delivery.
    """

    code: str
    label: str
    icon: str
    words: Callable[..., Words]
    still_true: Callable[..., bool] = field(default=lambda member, context: True)
    channels: frozenset[str] = frozenset({Channel.MAIL})
    optional: bool = True  # False: a member cannot switch it off (own payments, security)


_kinds: dict[str, NoticeKind] = {}


def register_kind(kind: NoticeKind) -> NoticeKind:
    _kinds[kind.code] = kind
    return kind


def notice_kind(code: str) -> NoticeKind:
    return _kinds.get(code, GONE)


def notice_kinds() -> list[NoticeKind]:
    return list(_kinds.values())


def _gone(member, context, count):
    return Words(str(_("This notice is no longer available.")), "", "/")


# Rows outlive code: a kind that was taken out still has to be shown as something.
GONE = NoticeKind("gone", _("Other"), "bell", _gone, still_true=lambda member, context: False)
