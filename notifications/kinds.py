"""The kinds of notices. Each app registers its own: how it reads, and whether it still matters."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from notifications.models import Channel, Delivery, Timing


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

    Defaults for a member who chose nothing: `channels` are those that carry it (push only to devices where the member
    turned it on); with `digested` the mail waits for
    the daily summary. `optional=False` is for own payments and security: nobody can switch it off or mute it.
    `personal` concerns this member alone (a mention, an own task): it passes a mute that keeps mentions and does not
    count for the weekly budget. `urgent` does not wait for the end of quiet hours.
    """

    code: str
    label: str
    icon: str
    words: Callable[..., Words]
    still_true: Callable[..., bool] = field(default=lambda member, context: True)
    channels: frozenset[str] = frozenset({Channel.MAIL, Channel.PUSH})
    optional: bool = True
    digested: bool = False
    personal: bool = False
    urgent: bool = False
    bulk: bool = False
    listed: bool = True
    reply_to: Callable[..., str] | None = None  # (member, context) -> address that takes an answer by mail, or ""
    rows: Callable[..., list] | None = None  # (member, contexts) -> what each is about, or None; see `row_of`

    def timing(self, channel: str) -> str:
        """When this channel carries the notice for a member who chose nothing."""
        if channel not in self.channels:
            return Timing.OFF
        return Timing.DIGEST if self.digested and channel == Channel.MAIL else Timing.NOW

    @property
    def rank(self) -> int:
        if self.bulk and not self.urgent:
            return Delivery.Rank.BULK
        return Delivery.Rank.PERSONAL if self.personal or not self.optional else Delivery.Rank.ORDINARY

    @property
    def passes_budget(self) -> bool:
        return self.personal or self.urgent or not self.optional


_kinds: dict[str, NoticeKind] = {}


def register_kind(kind: NoticeKind) -> NoticeKind:
    _kinds[kind.code] = kind
    return kind


def notice_kind(code: str) -> NoticeKind:
    return _kinds.get(code, GONE)


def notice_kinds() -> list[NoticeKind]:
    """The kinds a member can choose about, in the order in which the apps registered them."""
    return [kind for kind in _kinds.values() if kind.listed]


ROW = "row"  # never stored: where a list puts what it fetched for a notice


def fetch_rows(notices, member) -> None:
    """Fetch what the notices of a list are about, once for all the kinds that share their `rows`."""
    alike = defaultdict(list)
    for notice in notices:
        alike[notice_kind(notice.kind).rows].append(notice)
    for rows, those in alike.items():
        if rows:
            for notice, row in zip(those, rows(member, [notice.context for notice in those]), strict=True):
                notice.context[ROW] = row


def row_of(rows, member, context: dict):
    """What a notice is about, or None: fetched with its neighbours on a list, else alone."""
    return context[ROW] if ROW in context else rows(member, [context])[0]


def rows_by(name: str, queryset: Callable[..., QuerySet]) -> Callable[..., list]:
    """`rows` for contexts that hold a key under `name`; `queryset(member)` says where it may be found."""

    def rows(member, contexts):
        found = queryset(member).in_bulk({context[name] for context in contexts if name in context})
        return [found.get(context.get(name)) for context in contexts]

    return rows


def words_of(kind: NoticeKind, member, context: dict, count: int = 1) -> Words:
    """The words of a notice; what it was about may have been removed since."""
    try:
        return kind.words(member, context, count)
    except ObjectDoesNotExist:
        return _gone(member, context, count)


def is_still_true(kind: NoticeKind, member, context: dict) -> bool:
    try:
        return kind.still_true(member, context)
    except ObjectDoesNotExist:
        return False


def _gone(member, context, count):
    return Words(str(_("This notice is no longer available.")), "", "/")


# Rows outlive code: a kind that was taken out still has to be shown as something.
GONE = NoticeKind("gone", _("Other"), "bell", _gone, still_true=lambda member, context: False)
