"""Which services a member may ask for, whose requests they see, and who answers."""

from django.db.models import Q

from groups.counter.models import Service, ServiceRequest
from groups.people.access import belongs, has_paid, kinds_held, may_for_association, members_with_right
from theme.kept import today

RIGHT = "answer_requests"


def answers_requests(member) -> bool:
    return may_for_association(member, RIGHT)


def handlers():
    """Members who may answer today."""
    return members_with_right(RIGHT)


def all_services(member):
    """Every service, for who answers requests."""
    return Service.objects.all() if answers_requests(member) else Service.objects.none()


def visible_services(member):
    """Services this member may ask for now: of their kind of membership, and paid where that is needed."""
    if not belongs(member):
        return Service.objects.none()
    mine = Service.objects.filter(kinds__in=kinds_held(member)).values("pk")
    for_me = Q(kinds__isnull=True) | Q(pk__in=mine)
    return Service.objects.filter(
        for_me, Q(needs_paid_fee=False) | Q(has_paid(member)), closed_at__isnull=True
    ).distinct()


def visible_requests(member):
    """One's own, and all for who answers them."""
    if answers_requests(member):
        return ServiceRequest.objects.all()
    return ServiceRequest.objects.filter(member=member)


def requests_to_answer(member):
    """Open requests that nobody has taken, and those this member has; never one's own."""
    if not answers_requests(member):
        return ServiceRequest.objects.none()
    waiting = ServiceRequest.objects.filter(state__in=ServiceRequest.OPEN).exclude(member=member)
    return waiting.filter(Q(owner=member) | Q(owner__isnull=True)).select_related("service", "member")


def overdue_requests(member):
    """Open requests past their day, whoever has them, for who answers; never one's own."""
    if not answers_requests(member):
        return ServiceRequest.objects.none()
    late = ServiceRequest.objects.filter(state__in=ServiceRequest.OPEN, due_on__lt=today())
    return late.exclude(member=member).select_related("service", "member", "owner")
