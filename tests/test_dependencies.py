"""Every package is pinned, explained, and in the bill of materials."""

import json
import re
import subprocess
import sys
from functools import cache

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
NAME = re.compile(r"^([A-Za-z0-9._-]+)")


def names(file: str) -> set[str]:
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and not line.startswith(("#", "-"))]
    assert all(re.fullmatch(r"[\w.\-\[\],]+==[\w.]+( *;.*)?", line) for line in lines), f"not pinned in {file}"
    return {NAME.match(line)[1].lower().replace("_", "-") for line in lines}


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
    listed = {each["name"].lower().replace("_", "-").replace(".", "-") for each in bill()["components"]}

    assert listed >= names("requirements.txt")
    assert {"pillow", "twisted", "htmx"} <= listed


def test_whatever_comes_along_is_pinned():
    libraries = {each["purl"].split("/")[1].split("@")[0] for each in bill()["components"] if "purl" in each}

    assert libraries <= names("requirements.txt") | names("constraints.txt")


@pytest.mark.parametrize("refused", ["unknown", "AGPL", "Affero", "SSPL", "Commercial"])
def test_every_licence_is_known_and_lets_an_association_use_it(refused):
    bad = [each["name"] for each in bill()["components"] if refused in each["licenses"][0]["license"]["name"]]

    assert bad == []
