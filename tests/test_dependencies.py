"""Every package is pinned, explained, and in the bill of materials."""

import json
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import distributions

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = settings.BASE_DIR
OLDEST = "3.11.0"
NAME = re.compile(r"^([A-Za-z0-9._-]+)")


def names(file: str) -> set[str]:
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-"))]
    assert all(re.fullmatch(r"[\w.\-\[\],]+==[\w.]+( *;.*)?", line) for line in lines), f"not pinned in {file}"
    return {normal(NAME.match(line)[1]) for line in lines}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def bill() -> dict:
    return json.loads(subprocess.check_output([sys.executable, ROOT / ".ci" / "sbom.py"]))


def test_docs_explain_every_package_and_no_other():
    rows = (ROOT / "docs/dependencies.md").read_text().split("|---|---|---|")[1].split("\n\n")[0]
    explained = {
        re.sub(r"\[.*?\]", "", name).strip().lower()
        for row in rows.strip().splitlines()
        for name in re.sub(r"\[.*?\]", "", row.split("|")[1]).split(",")
    }

    assert explained == names("requirements.txt")


def test_the_bill_names_what_is_asked_for_and_what_comes_along():
    listed = {normal(each["name"]) for each in bill()["components"]}

    assert listed >= names("requirements.txt")
    assert {"pillow", "twisted", "htmx"} <= listed


def test_whatever_comes_along_is_pinned():
    libraries = {each["purl"].split("/")[1].split("@")[0] for each in bill()["components"] if "purl" in each}

    assert libraries <= names("requirements.txt") | names("constraints.txt")


def test_the_pins_fit_every_python_3_11():
    """Debian 12 has Python 3.11.2: what asks for more, or asks for one thing more there, cannot be installed on it."""
    pinned = names("requirements.txt") | names("constraints.txt")
    oldest = {"python_full_version": OLDEST, "extra": ""}
    faults = []
    for package in (found for found in distributions() if normal(found.name) in pinned):
        if not SpecifierSet(package.metadata["Requires-Python"] or "").contains(OLDEST):
            faults.append(f"{package.name} asks for Python {package.metadata['Requires-Python']}")
        needed = [Requirement(each) for each in package.requires or ()]
        needed = {normal(each.name) for each in needed if each.marker and each.marker.evaluate(oldest)}
        faults += [f"{package.name} needs {name} there" for name in sorted(needed - pinned)]

    assert faults == []


@pytest.mark.parametrize("refused", ["unknown", "AGPL", "Affero", "SSPL", "Commercial"])
def test_every_licence_is_known_and_lets_an_association_use_it(refused):
    bad = [each["name"] for each in bill()["components"] if refused in each["licenses"][0]["license"]["name"]]

    assert bad == []
