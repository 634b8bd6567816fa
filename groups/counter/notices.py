"""What members hear of requests: who answers that one waits, who asked how it stands."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.counter.access import visible_requests
from notifications.kinds import GONE, NoticeKind, Words, register_kind, row_of, rows_by

_requests = rows_by(
    "request", lambda member: visible_requests(member).select_related("service", "member").prefetch_related("steps")
)


def asked_words(member, context, count) -> Words:
    request = row_of(_requests, member, context)
    if request is None:
        return GONE.words(member, context, count)
    title = _("%(name)s asks: %(service)s") % {"name": request.member.display_name, "service": request.service.title}
    return Words(title, request.text[:200], request.get_absolute_url(), _("Look"))


def _still_open(member, context) -> bool:
    request = row_of(_requests, member, context)
    return request is not None and request.is_open


def state_words(member, context, count) -> Words:
    request = row_of(_requests, member, context)
    if request is None:
        return GONE.words(member, context, count)
    last = max(request.steps.all(), key=lambda step: (step.at, step.pk), default=None)
    title = _("Request %(number)s: %(state)s") % {"number": request.pk, "state": request.get_state_display()}
    return Words(title, (last.note if last else "") or request.service.title, request.get_absolute_url(), _("View"))


register_kind(
    NoticeKind(
        "service-asked", gettext_lazy("Somebody asks for a service"), "inbox", asked_words, _still_open, personal=True,
        rows=_requests,
    )
)  # fmt: skip
register_kind(
    NoticeKind(
        "service-state", gettext_lazy("News about your request"), "inbox", state_words, personal=True, rows=_requests
    )
)
