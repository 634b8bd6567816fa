"""Which settings are kept, and writing their changes into the audit log.

A kept settings object is described by the form of its own page: the form's fields are what is kept, its labels and
choices are the words of the history, and its validation is what decides whether a value may come back. Every app
registers its own in a module `kept_settings.py`. Keys and passwords stand in no form and so in no history: they come
from the environment.
"""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.utils.functional import Promise

from groups.people.audit import noted


@dataclass(frozen=True, slots=True)
class KeptSettings:
    """One kind of settings object.

    `rows(member)` gives what this member may change today, as a queryset, or as a list of places with a `pk`.
    `form(row, data=None)` is the form of the settings page on that row, and `change(row=, by=, form=)` does with the
    valid form what that page does with it. `page(row)` is the page's address. `weighs`: it moves money or rights, so
    that putting back asks for fresh proof. `gone(member)` is true for who may bring back a row that was taken out.
    """

    code: str
    label: str | Promise
    rows: Callable[[Model], Iterable]
    form: Callable[..., BaseForm]
    change: Callable[..., object]
    page: Callable[[object], str]
    weighs: bool = True
    model: type[Model] | None = None  # of rows that come and go

    def about(self, row) -> str:
        return f"{self.code}:{row.pk}"


_kept: dict[str, KeptSettings] = {}


def keep(settings: KeptSettings) -> KeptSettings:
    """Register one kind of settings; a module that is imported twice registers once."""
    return _kept.setdefault(settings.code, settings)


def all_kept() -> list[KeptSettings]:
    return list(_kept.values())


def kept_settings(code: str) -> KeptSettings | None:
    return _kept.get(code)


@contextmanager
def settings_change(code: str, row, *, by, act: str, subgroup_id: int | None = None, **details):
    """Around the saving of `row`: what differs afterwards goes into the audit log; without a difference nothing does.

    The row is locked before it is read, so that two changes at once each say what they really changed.
    """
    settings = _kept[code]
    with transaction.atomic():
        before, about = values(settings, row), settings.about(row)
        yield
        after = values(settings, row)
        names = [name for name in {**before, **after} if not _same(before.get(name), after.get(name))]
        if names:
            changed = {name: [before.get(name), after.get(name)] for name in names}
            details |= {"changed": changed, **({} if before else {"made": True}), **({} if after else {"gone": True})}
            entry = noted(by=by, act=act, about=row, details=details, subgroup_id=subgroup_id)
            entry.about = settings.about(row) if after else about
            entry.save()


def _same(one, other) -> bool:
    """Nothing filled in is nothing, however it is written."""
    return one == other or (one in (None, "", []) and other in (None, "", []))


def values(settings: KeptSettings, row) -> dict:
    """What the form shows of the row as it stands in the database, as plain values; empty when it does not exist."""
    row = _as_stored(row)
    if row is None:
        return {}
    form = settings.form(row)
    return {name: _plain(form.get_initial_for_field(field, name)) for name, field in form.fields.items()}


def _as_stored(row):
    if not isinstance(row, Model):
        return row
    return type(row)._base_manager.select_for_update().filter(pk=row.pk).first() if row.pk else None


def _plain(value):
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, list | tuple | set | QuerySet):
        return [_plain(one) for one in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)
