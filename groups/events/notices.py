"""What members hear about events, and only while it still matters."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from groups.events.access import visible_events
from groups.events.models import Answer, ShiftSwap
from groups.events.words import when
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def _event(member, context):
    return visible_events(member).filter(pk=context["event"]).first()


def _worded(title: str, button: str):
    def words(member, context, count) -> Words:
        event = _event(member, context)
        if event is None:
            return GONE.words(member, context, count)
        body = ", ".join(part for part in (when(event), event.place) if part)
        return Words(_(title) % {"event": event.title}, body, event.get_absolute_url(), _(button))

    return words


def _still_to_come(member, context) -> bool:
    event = _event(member, context)
    return event is not None and not event.is_over and not event.cancelled_at


def _still_comes(member, context) -> bool:
    coming = Answer.objects.filter(event=context["event"], member=member, waiting_since__isnull=True)
    return _still_to_come(member, context) and coming.exclude(choice=Answer.Choice.NO).exists()


def _not_over(member, context) -> bool:
    event = _event(member, context)
    return event is not None and not event.is_over


def _swap_is_open(member, context) -> bool:
    open_swap = ShiftSwap.objects.filter(pk=context["swap"], asked=member, answered_at__isnull=True)
    return _still_to_come(member, context) and open_swap.exists()


def _register(code, label, title, still_true, **options):
    register_kind(NoticeKind(code, label, "calendar-days", _worded(title, gettext_noop("View")), still_true, **options))


_register(
    "event-reminder", gettext_lazy("Reminder of an event"), gettext_noop("Coming up: %(event)s"), _still_comes,
    personal=True,
)  # fmt: skip
_register(
    "event-place", gettext_lazy("A place became free"), gettext_noop("There is a place for you: %(event)s"),
    _still_comes, personal=True, urgent=True,
)  # fmt: skip
_register(
    "event-changed", gettext_lazy("An event changed"), gettext_noop("Changed: %(event)s"), _still_to_come, personal=True
)
_register(
    "shift-gone", gettext_lazy("A shift of yours is no longer needed"),
    gettext_noop("Your shift is no longer needed: %(event)s"), _not_over, personal=True,
)  # fmt: skip
_register(
    "shift-swap", gettext_lazy("Somebody asks you to take over a shift"),
    gettext_noop("Can you take over a shift? %(event)s"), _swap_is_open, personal=True,
)  # fmt: skip
_register(
    "shift-swapped", gettext_lazy("A shift was taken over"), gettext_noop("Your shift is taken over: %(event)s"),
    _not_over, personal=True,
)  # fmt: skip
_register(
    "shift-kept", gettext_lazy("A shift was not taken over"), gettext_noop("Your shift is not taken over: %(event)s"),
    _not_over, personal=True,
)  # fmt: skip
_register(
    "event-cancelled", gettext_lazy("An event was cancelled"), gettext_noop("Cancelled: %(event)s"), _not_over,
    personal=True, optional=False,
)  # fmt: skip
