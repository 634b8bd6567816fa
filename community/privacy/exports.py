"""Writing a member's data to a ZIP: JSON for machines, a page to read, and the files themselves."""

import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField
from django.db.models.fields.files import FieldFile
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation

from theme.personal_data import PersonalData, all_personal_data


@dataclass
class Section:
    """One kind of data in the export."""

    data: PersonalData
    rows: list[dict] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)


def write_export(member, path: Path) -> int:
    """Write everything that is registered about `member` to `path`; returns its size in bytes."""
    with translation.override(member.language or "nl"), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        sections = [section for data in all_personal_data() if (section := _section(data, member, archive)).rows]
        archive.writestr("data.json", _as_json(member, sections))
        archive.writestr("index.html", _as_page(member, sections))
    return path.stat().st_size


def _section(data: PersonalData, member, archive) -> Section:
    section = Section(data)
    for row in data.rows_of(member).order_by("pk").iterator(chunk_size=500):
        section.rows.append({name: _value(row, name, archive) for name in data.fields})
    if section.rows:
        model = data.rows_of(member).model
        section.headings = [str(model._meta.get_field(name).verbose_name) for name in data.fields]
    return section


def _value(row, name: str, archive):
    value = getattr(row, name)
    if isinstance(value, FieldFile):
        return _add_file(value, archive)
    if hasattr(value, "_meta"):
        return str(value)
    if hasattr(value, "all"):
        return [str(other) for other in value.all()]
    if hasattr(row, f"get_{name}_display") and not isinstance(row._meta.get_field(name), FileField):
        return str(getattr(row, f"get_{name}_display")())
    return value


def _add_file(file: FieldFile, archive) -> str:
    if not file or not file.storage.exists(file.name):
        return ""
    name = f"files/{file.name}"
    if name not in archive.namelist():
        with file.storage.open(file.name) as stored:
            archive.writestr(name, stored.read())
    return name


def _as_json(member, sections) -> str:
    content = {
        "made_at": timezone.now(),
        "member": member.pk,
        "data": {section.data.model: section.rows for section in sections},
    }
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, default=str)


def _as_page(member, sections) -> str:
    tables = [
        {"data": section.data, "headings": section.headings, "rows": [_readable(row) for row in section.rows]}
        for section in sections
    ]
    return render_to_string("privacy/export.html", {"member": member, "tables": tables, "made_at": timezone.now()})


def _readable(row: dict) -> list[str]:
    return [_readable_value(value) for value in row.values()]


def _readable_value(value) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, list):
        return ", ".join(value)
    if hasattr(value, "tzinfo"):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return formats.localize(value) if not isinstance(value, dict) else json.dumps(value, cls=DjangoJSONEncoder)
