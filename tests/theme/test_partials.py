"""Every fragment that a view offers to htmx stands in the template of its page."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

APPS = ["community", "groups", "finance", "polls", "notifications", "theme"]
# The functions that answer with a page, the place of its template among their arguments, and how its name is made.
PLACES = {"page_or_partial": (1, "{}"), "desk_page": (3, "subgroups/desk/{}.html")}


def offered() -> list[str]:
    """`template#fragment` for every answer that names its fragments."""
    files = [file for app in APPS for file in Path(settings.BASE_DIR, app).rglob("*.py")]
    calls = [node for file in files for node in ast.walk(ast.parse(file.read_text())) if _is_offer(node)]
    return sorted({f"{_template(call)}#{name}" for call in calls for name in _fragments(call)})


def _is_offer(node) -> bool:
    """Calls that only pass on what another one named are left out: that other one is in the list."""
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in PLACES and _fragments(node) != set()


def _fragments(call: ast.Call) -> set[str]:
    found = [each.value for each in call.keywords if each.arg == "partials" and isinstance(each.value, ast.Set)]
    return ast.literal_eval(found[0]) if found else set()


def _template(call: ast.Call) -> str:
    place, pattern = PLACES[call.func.id]
    return pattern.format(ast.literal_eval(call.args[place]))


@pytest.mark.parametrize("name", offered())
def test_the_fragment_is_there(name):
    assert get_template(name)


def test_many_views_offer_one():
    assert len(offered()) > 10
