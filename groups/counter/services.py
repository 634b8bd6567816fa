"""Asking, taking, answering; every state is a row, and who it matters to hears of it."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.counter.access import handlers
from groups.counter.errors import ManyOpen, NotAHandler, ReasonNeeded, RequestClosed, TitleTaken
from groups.counter.models import Service, ServiceRequest
from groups.people.answer_clock import answer_day
from groups.people.audit import record
from groups.people.history.kept import settings_change
from groups.people.models import Member
from notifications.services import notify, settle_notices

MOST_OPEN = 5
ASKED = "service-asked"  # the notice to who answers
State = ServiceRequest.State


def keep_service(*, by, service: Service | None = None, kinds=(), is_closed: bool = False, **values) -> Service:
    """Make or change a service. Raises TitleTaken. The caller has checked that `by` answers requests."""
    service = service or Service()
    try:
        with settings_change("service", service, by=by, act="service.kept"):
            for name, value in values.items():
                setattr(service, name, value)
            service.closed_at = (service.closed_at or timezone.now()) if is_closed else None
            service.save()
            service.kinds.set(kinds)
    except IntegrityError as error:
        raise TitleTaken from error
    return service


@transaction.atomic
def ask_service(*, service: Service, member: Member, text: str) -> ServiceRequest:
    """Make a request; it belongs at once to who looks after the service. Raises ManyOpen.

    The caller has checked that the service is visible.
    """
    Member.objects.select_for_update().get(pk=member.pk)  # two forms sent at once are counted one after the other
    if service.requests.filter(member=member, state__in=ServiceRequest.OPEN).count() >= MOST_OPEN:
        raise ManyOpen
    keeper = handlers().filter(pk=service.keeper_id).exclude(pk=member.pk).first()
    state = State.BUSY if keeper else State.NEW
    request = ServiceRequest.objects.create(
        service=service, member=member, text=text, owner=keeper, state=state, due_on=answer_day(service.answer_days)
    )
    request.steps.create(state=state, by=member, at=request.asked_at)
    told = {keeper.pk} if keeper else set(handlers().values_list("pk", flat=True)) - {member.pk}
    notify(member_ids=told, kind=ASKED, key=_key(request), context={"request": request.pk})
    return request


@transaction.atomic
def take_request(*, request: ServiceRequest, by, owner: Member | None = None) -> ServiceRequest:
    """Make it one's own, or hand it to `owner`. Raises RequestClosed, NotAHandler."""
    request, owner = _open(request), owner or by
    if not handlers().filter(pk=owner.pk).exists() or owner.pk == request.member_id:
        raise NotAHandler
    if request.owner_id == owner.pk:
        return request
    request.owner, request.state = owner, State.BUSY
    request.save(update_fields=["owner", "state"])
    request.steps.create(state=State.BUSY, by=by)
    settle_notices(key=_key(request), kind=ASKED)
    _tell_member(request)
    if owner.pk != by.pk:
        notify(member_ids=[owner.pk], kind=ASKED, key=_key(request), context={"request": request.pk})
    return request


@transaction.atomic
def answer_request(*, request: ServiceRequest, by, state: str, note: str = "", due_on=None) -> ServiceRequest:
    """Say how it stands or that it is finished. Raises RequestClosed, ReasonNeeded; nobody answers their own request.

    `due_on` promises another day while it is not finished. The caller has checked that `by` answers requests.
    """
    request, state = _open(request), State(state)
    if by.pk == request.member_id:
        raise NotAHandler
    if state == State.DECLINED and not note:
        raise ReasonNeeded
    request.owner, request.state = request.owner or by, state
    request.due_on = due_on or request.due_on
    request.save(update_fields=["owner", "state", "due_on"])
    request.steps.create(state=state, note=note, by=by)
    record(by=by, act=f"service.{state}", about=request)
    settle_notices(key=_key(request), kind=ASKED)
    _tell_member(request)
    return request


def _open(request: ServiceRequest) -> ServiceRequest:
    request = ServiceRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not request.is_open:
        raise RequestClosed
    return request


def _key(request: ServiceRequest) -> str:
    return f"service-request:{request.pk}"


def _tell_member(request: ServiceRequest) -> None:
    notify(member_ids=[request.member_id], kind="service-state", key=_key(request), context={"request": request.pk})
