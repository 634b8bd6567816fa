"""What a person decides about deliveries that were given up, or of which nobody knows whether they arrived."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from notifications.access import given_up_deliveries, judged_registry, unsure_deliveries
from notifications.models import Delivery, Notice
from notifications.services.outbox import wake

State = Delivery.State


@transaction.atomic
def send_again(*, delivery: Delivery, by) -> None:
    """A person judged that it did not arrive: back into the queue, once more."""
    _queue_again(_open_ended(delivery), by=by, act="delivery.sent_again", about=delivery)


@transaction.atomic
def set_aside(*, delivery: Delivery, by) -> None:
    """A person judged that it need not be sent any more."""
    _drop(_open_ended(delivery), by=by, act="delivery.left", about=delivery)


@transaction.atomic
def send_given_up_again(*, by) -> int:
    """All that was given up goes back into the queue, each once; returns how many. What was read since stays behind."""
    given_up = _locked(given_up_deliveries())
    given_up.filter(Exists(_read_since())).update(state=State.DROPPED, done_at=timezone.now())
    return _queue_again(given_up, by=by, act="deliveries.given_up_sent_again")


@transaction.atomic
def send_unsure_again(*, by) -> int:
    """All of which nobody knows whether they arrived go out once more: who did get it may get it twice."""
    return _queue_again(_locked(unsure_deliveries()), by=by, act="deliveries.unsure_sent_again")


@transaction.atomic
def leave_given_up(*, by) -> int:
    return _drop(_locked(given_up_deliveries()), by=by, act="deliveries.given_up_left")


@transaction.atomic
def leave_unsure(*, by) -> int:
    return _drop(_locked(unsure_deliveries()), by=by, act="deliveries.unsure_left")


def _open_ended(delivery: Delivery):
    return Delivery.objects.filter(pk=delivery.pk, state__in=[State.SENDING, State.FAILED])


def _locked(deliveries):
    """The same rows, which nobody else can judge until we are done: a second manager then finds none of them."""
    list(deliveries.select_for_update().order_by("pk").values_list("pk", flat=True))
    return deliveries


def _read_since():
    """The member has read in the app what the delivery was about, and nothing new came after."""
    about = Notice.objects.filter(member=OuterRef("member"), key=OuterRef("key"))
    return about.filter(read_at__gte=OuterRef("created_at"))


def _queue_again(deliveries, *, by, act: str, about=None) -> int:
    number = deliveries.update(
        state=State.QUEUED, not_before=timezone.now(), done_at=None, claimed_at=None, tries=0, error=_judged_by(by)
    )
    if number:
        transaction.on_commit(wake, robust=True)
    return _kept(number, by=by, act=act, about=about)


def _drop(deliveries, *, by, act: str, about=None) -> int:
    number = deliveries.update(state=State.DROPPED, done_at=timezone.now(), error=_judged_by(by))
    return _kept(number, by=by, act=act, about=about)


def _kept(number: int, *, by, act: str, about) -> int:
    """Written down by the apps above, within the transaction of the act."""
    if number:
        for keep in judged_registry:
            keep(by=by, act=act, about=about or by, number=number)
    return number


def _judged_by(member) -> str:
    return f"judged by member {member.pk}"
