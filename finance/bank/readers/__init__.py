"""Bank files in, lines out. Pure: no database, no Django, no network."""

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import replace

from finance.bank.readers.camt import read_camt
from finance.bank.readers.csv_files import read_csv
from finance.bank.readers.mt940 import looks_like_mt940, read_mt940
from finance.bank.readers.statement import Line, Statement, Statements, Unreadable, gettext_noop
from finance.bank.readers.values import decode

__all__ = ["MAX_BYTES", "Line", "Statement", "Statements", "Unreadable", "read_statement"]

MAX_BYTES = 64 * 1024 * 1024
MAX_FILES = 400
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,  # NotImplementedError is one: a way of packing that nobody knows
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)


def read_statement(content: bytes, filename: str = "") -> Statements:
    """Read a bank file of any kind we know, told by its content; raises Unreadable for the whole file."""
    if len(content) > MAX_BYTES:
        raise Unreadable(gettext_noop("The file is too large."))
    if not content.strip():
        raise Unreadable(gettext_noop("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        return _read_zip(content)
    statements = _read_one(content)
    return replace(statements, statements=_without_repeats(statements.statements))


def _read_one(content: bytes) -> Statements:
    if _looks_like_xml(content):
        return read_camt(content)
    text = decode(content)
    if looks_like_mt940(text):
        return read_mt940(text)
    return read_csv(text)


def _looks_like_xml(content: bytes) -> bool:
    start = content[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<")


def _read_zip(content: bytes) -> Statements:
    parts: list[Statements] = []
    for name, unpacked in _files_in(content):
        part = _read_one(unpacked)
        named = tuple(replace(statement, source=name) for statement in part.statements)
        parts.append(replace(part, statements=named))
    if not parts:
        raise Unreadable(gettext_noop("The zip file is empty."))
    if len({part.format for part in parts}) > 1:
        raise Unreadable(gettext_noop("The zip file holds files of different kinds; choose one kind."))
    statements = tuple(statement for part in parts for statement in part.statements)
    return Statements(parts[0].format, _without_repeats(statements))


def _files_in(content: bytes) -> list[tuple[str, bytes]]:
    """The files in a zip by name. What a damaged one raises is told apart by nobody: it is all the same refusal."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(entry.filename, _unpacked(archive, entry)) for entry in _entries(archive)]
    except DAMAGED as error:
        raise Unreadable(gettext_noop("The zip file is damaged or locked with a password.")) from error


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    entries = [
        entry
        for entry in archive.infolist()
        if not entry.is_dir() and not entry.filename.startswith("__MACOSX/") and "/." not in f"/{entry.filename}"
    ]
    if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise Unreadable(gettext_noop("The file is too large."))
    return entries


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # The size in the directory of a zip is a claim; reading stops one byte past it.
    with archive.open(entry) as file:
        content = file.read(entry.file_size + 1)
    if len(content) > entry.file_size or content.startswith(b"PK\x03\x04"):
        raise Unreadable(gettext_noop("The zip file is damaged or locked with a password."))
    return content


def _without_repeats(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """A statement that stands in the upload twice, line for line, counts once."""
    kept: dict[Statement, Statement] = {}
    for position, statement in enumerate(statements):
        key = replace(statement, source="" if statement.lines else str(position))
        kept.setdefault(key, statement)
    return tuple(kept.values())
