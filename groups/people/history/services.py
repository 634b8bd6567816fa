"""Putting a setting back: the same form and the same service as an ordinary change, with the values from the log."""

from django.db import transaction
from django.utils.translation import gettext as _

from groups.people.audit import noted
from groups.people.errors import AlreadySo, NoLongerAllowed
from groups.people.history.kept import KeptSettings, settings_change, values
from groups.people.models import AuditEntry


@transaction.atomic
def put_back(*, settings: KeptSettings, row, entry: AuditEntry, by):
    """Give what this entry changed the values it had before it. Everything else stays as it is now.

    Raises NoLongerAllowed with the sentence of the form, AlreadySo, and whatever the settings' own service refuses.
    The caller has checked that `by` may change this row.
    """
    now, old = values(settings, row), {name: pair[0] for name, pair in entry.details["changed"].items()}
    if now and all(now.get(name) == value for name, value in old.items()):
        raise AlreadySo
    form = _filled(settings, row, {**now, **old})
    if not form.is_valid():
        raise NoLongerAllowed(_("This cannot be put back any more. %(why)s") % {"why": _why(form)})
    done = settings.change(row=row, by=by, form=form)
    note = noted(by=by, act="settings.put_back", about=row, details={"entry": entry.pk})
    note.about = entry.about
    note.save()
    return done


def _filled(settings: KeptSettings, row, wanted: dict):
    """The form as a member would have sent it with these values."""
    shape = settings.form(row)
    sent = {name: field.prepare_value(wanted.get(name)) for name, field in shape.fields.items()}
    return settings.form(row, sent)


def _why(form) -> str:
    name, errors = next(iter(form.errors.items()))
    label = f"{form[name].label}: " if name in form.fields else ""
    return f"{label}{errors[0]}"


def save_form(code: str):
    """A `change` for settings without a service of their own: the form saves, and the log notes."""

    def change(*, row, by, form):
        with settings_change(code, form.instance, by=by, act="settings.changed"):
            form.save()
        return form.instance

    return change
