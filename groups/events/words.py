"""Days and times of an event in one line of the reader's language."""

from django.utils.translation import gettext as _

from theme.templatetags.theme import clock, day


def when(event) -> str:
    """ "do 4 dec, 20.00–22.00" · "za 13 t/m ma 15 jun" · "vr 12 jun 20.00 t/m zo 14 jun 16.00"."""
    if event.is_all_day:
        return _span(day(event.first_day), day(event.last_day)) if event.is_several_days else day(event.first_day)
    if event.is_several_days:
        return _span(f"{day(event.starts_at)} {clock(event.starts_at)}", f"{day(event.ends_at)} {clock(event.ends_at)}")
    return f"{day(event.starts_at)}, {clock(event.starts_at)}–{clock(event.ends_at)}"


def _span(first: str, last: str) -> str:
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
