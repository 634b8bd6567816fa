"""What members let others know for a while, shown wherever their name heads something, and gone at its end."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.conversations.models import StatusText
from groups.people.profile_parts import SettingsLink, line_registry, settings_registry
from theme.cleantext import clean_line


def current_statuses():
    return StatusText.objects.filter(ends_at__gt=timezone.now())


def status_of(member) -> StatusText | None:
    return current_statuses().filter(member=member).first()


@line_registry
def status_lines(member_ids) -> dict[int, tuple]:
    rows = current_statuses().filter(member__in=member_ids).values_list("member", "text", "ends_at")
    return {member_id: (text, ends_at) for member_id, text, ends_at in rows}


def last_day(status: StatusText) -> date:
    return timezone.localdate(status.ends_at - timedelta(seconds=1))


def set_status(*, member, text: str, until: date | None) -> None:
    """Show a text to the end of that day, Amsterdam time; an empty one takes it away."""
    text = clean_line(text or "")[:80]
    if not text or until is None:
        StatusText.objects.filter(member=member).delete()
        return
    ends_at = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    StatusText.objects.update_or_create(member=member, defaults={"text": text, "ends_at": ends_at})


@settings_registry
def status_link(request) -> SettingsLink:
    status = status_of(request.user)
    note = status.text if status else _("For example: on holiday")
    return SettingsLink(_("What others read beside your name"), note, "smile", reverse("own-status"), position=15)
