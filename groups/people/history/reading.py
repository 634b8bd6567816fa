"""The history of one settings object, in the words of its own form and the language of the reader."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils import formats
from django.utils.translation import gettext as _

from groups.people.history.kept import KeptSettings, all_kept, kept_settings
from groups.people.models import AuditEntry, Member


@dataclass(frozen=True, slots=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history. `differs`: something in it is not now as it was before it, so it can be put back."""

    entry: AuditEntry
    differences: list[Difference]
    differs: bool


def find_kept(member: Member, code: str, key: str):
    """(settings, row) that this member may change today, or None. A row that was taken out comes as a new one."""
    settings = kept_settings(code)
    if settings is None or len(key) > 60:
        return None
    for row in _rows(settings, member, key):
        if str(row.pk) == key:
            return settings, row
    may_bring_back = settings.model and any(entry.about == f"{code}:{key}" for entry in gone(settings, member))
    return (settings, settings.model()) if may_bring_back else None


def _rows(settings: KeptSettings, member, key: str):
    rows = settings.rows(member)
    if isinstance(rows, list):
        return rows
    return rows.filter(pk=key)[:1] if key.isascii() and key.isdigit() and len(key) < 16 else []


def all_rows(member: Member) -> list[tuple[KeptSettings, list, list[AuditEntry]]]:
    """Every settings object the member may change, by kind, with the entries of rows that were taken out."""
    found = [(settings, list(settings.rows(member)), gone(settings, member)) for settings in all_kept()]
    return [(settings, rows, lost) for settings, rows, lost in found if rows or lost]


def gone(settings: KeptSettings, member) -> list[AuditEntry]:
    """The entries that took a row out which has not been put back since; newest first, at most thirty."""
    if settings.model is None or not _may_bring_back(settings, member):
        return []
    entries = AuditEntry.objects.filter(about__startswith=f"{settings.code}:", details__gone=True)
    back = AuditEntry.objects.filter(act="settings.put_back", about__startswith=f"{settings.code}:")
    lost = list(entries.exclude(pk__in=[entry.details.get("entry") for entry in back])[:30])
    for entry in lost:
        entry.gone_key = entry.about.partition(":")[2]
    return lost


def _may_bring_back(settings: KeptSettings, member) -> bool:
    """Asked of the rows themselves, so that there is one answer to who may: for who may not they are `none()`."""
    return not settings.rows(member).query.is_empty()


def changes(about: str):
    """The entries of one settings object that say what changed, newest first."""
    return AuditEntry.objects.filter(about=about, details__has_key="changed")


def shown(settings: KeptSettings, row, entries, now: dict) -> list[Change]:
    """The entries in the words of the form as it is today; `now` is how the settings stand."""
    form = settings.form(row)
    return [_shown(form, entry, now) for entry in entries]


def _shown(form, entry: AuditEntry, now: dict) -> Change:
    changed = entry.details["changed"]
    order = list(form.fields)  # a database may keep the names of a JSON object in an order of its own
    names = sorted(changed, key=lambda name: order.index(name) if name in form.fields else len(order))
    return Change(
        entry,
        [Difference(_label(form, name), *(_words(form, name, value) for value in changed[name])) for name in names],
        any(now.get(name) != old for name, (old, _new) in changed.items()),
    )


def _label(form, name: str) -> str:
    return str(form[name].label) if name in form.fields else name


def _words(form, name: str, value) -> str:
    field = form.fields.get(name)
    if isinstance(value, list):
        return ", ".join(_word(field, one) for one in value) or "–"
    return _word(field, value)


def _word(field, value) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return _row_name(field, value)
    choices = {str(key): str(label) for key, label in _flat(getattr(field, "choices", None) or _of_widget(field))}
    if (key := "" if value is None else str(value)) in choices:
        return choices[key]
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, forms.DateField):
        return formats.date_format(date.fromisoformat(value), "j F Y")
    if isinstance(field, forms.TimeField):
        return value[:5]
    return (str(field.prepare_value(value)) if field else str(value)) or "–"


def _row_name(field, value) -> str:
    if value is None:
        return "–"
    row = field.queryset.filter(pk=value).first()
    return field.label_from_instance(row) if row else _("what is no longer there")


def _of_widget(field):
    return getattr(getattr(field, "widget", None), "choices", ())


def _flat(choices):
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label
