"""The house keeps its shape: imports point down only, views begin from what is visible, files stay readable."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Top-level rooms and, inside them, their apps, each with what it may import beside itself.
BELOW = {
    "theme": set(),
    "notifications": {"theme"},
    "groups": {"notifications", "theme"},
    "polls": {"groups", "notifications", "theme"},
    "finance": {"groups", "notifications", "theme"},
    "community": {"polls", "finance", "groups", "notifications", "theme"},
}
INSIDE = {
    "groups.people": set(),
    "groups.subgroups": {"groups.people"},
    "groups.todos": {"groups.subgroups", "groups.people"},
    "groups.events": {"groups.subgroups", "groups.people"},
    "groups.counter": {"groups.people"},
    "groups.duty": {"groups.subgroups", "groups.people"},
    "groups.albums": {"groups.moderation", "groups.events", "groups.subgroups", "groups.people"},
    "groups.conversations": {"groups.subgroups", "groups.people"},
    "groups.topics": {"groups.conversations", "groups.subgroups", "groups.people"},
    "groups.agreements": {"groups.subgroups", "groups.people"},
    "groups.moderation": {
        "groups.agreements",
        "groups.conversations",
        "groups.events",
        "groups.todos",
        "groups.subgroups",
        "groups.people",
    },
    "finance.ledger": set(),
    "finance.bank": {"finance.ledger"},
    "finance.providers": {"finance.ledger"},
    "finance.pots": {"finance.bank", "finance.providers", "finance.ledger"},
    "finance.fees": {"finance.bank", "finance.providers", "finance.ledger"},
    "community.pages": set(),
    "community.insights": {"community.pages"},
    "community.privacy": {"community.pages"},
    "community.portal": {"community.insights", "community.privacy", "community.pages"},
}
FILES = [
    file
    for room in BELOW
    for file in (ROOT / room).rglob("*.py")
    if "migrations" not in file.parts and file.name != "urls.py"
]


def name_of(file):
    return str(file.relative_to(ROOT))


def imported(file):
    """Dotted names of our own modules that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(file.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if name.split(".")[0] in BELOW)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_imports_point_down_only(file):
    room, app = file.relative_to(ROOT).parts[0], ".".join(file.relative_to(ROOT).parts[:2])

    for name in imported(file):
        target_room, target_app = name.split(".")[0], ".".join(name.split(".")[:2])
        if target_room != room:
            assert target_room in BELOW[room], f"{room} may not import {name}"
        elif app in INSIDE and target_app in INSIDE and target_app != app:
            assert target_app in INSIDE[app], f"{app} may not import {name}"


@pytest.mark.parametrize("file", [f for f in FILES if f.name == "views.py" or "views" in f.parts], ids=name_of)
def test_views_begin_from_what_is_visible(file):
    assert not re.search(r"\.objects\b", file.read_text()), "start from visible_…(member), not from Model.objects"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_files_stay_readable(file):
    assert len(file.read_text().splitlines()) <= 400, "past 300 lines a file becomes a package"


def test_migrations_are_named_by_what_they_do():
    assert not [name_of(file) for room in BELOW for file in (ROOT / room).rglob("migrations/*_auto_*.py")]


def test_templates_hold_no_inline_style_or_script():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\b(src|type=\"application/json\"))", re.IGNORECASE)
    templates = (file for room in BELOW for file in (ROOT / room).rglob("templates/**/*.html"))
    pages = [file for file in templates if {"mail", "email"}.isdisjoint(file.parts)]

    assert not [name_of(file) for file in pages if inline.search(file.read_text())]
